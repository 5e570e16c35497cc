package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.task.TaskTarget;
import java.util.List;

/**
 * A number for texts and pairs of texts, e.g. how similar two sentences are. Made by {@link
 * Electra#textRegressor}.
 *
 * <p>Values have the unit of the labels that the model was trained on, which lay between {@link
 * #minimum} and {@link #maximum}; for STS-B, 0 (unrelated) to 5 (the same meaning). They are not
 * clipped: the network may answer with a little less or more.
 */
public final class TextRegressor implements AutoCloseable {
  private final TaskHead.Regression head;
  private final WindowedTexts texts;

  TextRegressor(LoadedModel loaded, TaskHead.Regression head) {
    this.head = head;
    this.texts = new WindowedTexts(loaded, head, new TaskTarget.Score(0));
  }

  /** The smallest label that the model was made for. */
  public double minimum() {
    return head.minimum();
  }

  /** The largest label that the model was made for. */
  public double maximum() {
    return head.maximum();
  }

  /** The value of a text; of one that is read in windows, the mean over them. */
  public double value(String text) {
    return value(text, "");
  }

  /** The value of a pair. */
  public double value(String first, String second) {
    return values(List.of(new TextPair(first, second)))[0];
  }

  /** The values of many pairs, in order; the second text of a pair may be empty. */
  public double[] values(List<TextPair> pairs) {
    return texts.values(pairs).stream().mapToDouble(this::mean).toArray();
  }

  private double mean(float[][] windows) {
    double sum = 0;
    for (float[] window : windows) {
      sum += head.label(window[0]);
    }
    return sum / windows.length;
  }

  @Override
  public void close() {
    texts.close();
  }
}
