package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.task.TaskTarget;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels for texts and pairs of texts. Made by {@link Electra#textClassifier}. */
public final class TextClassifier implements AutoCloseable {
  private final TaskHead.Classification head;
  private final WindowedTexts texts;

  TextClassifier(LoadedModel loaded, TaskHead.Classification head) {
    this.head = head;
    this.texts = new WindowedTexts(loaded, head, new TaskTarget.Label(0));
  }

  /**
   * The label of a text.
   *
   * @param label the most probable one
   * @param probabilities of all labels, in [0, 1], in the head's order; of a text that was read in
   *     windows the mean over them
   */
  public record Decision(String label, Map<String, Double> probabilities) {
    /** Copies the map. */
    public Decision {
      probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
  }

  /** The labels that can be given. */
  public List<String> labels() {
    return head.labels();
  }

  /** The label of a text. */
  public Decision classify(String text) {
    return classify(text, "");
  }

  /** The label of a pair. */
  public Decision classify(String first, String second) {
    return classify(List.of(new TextPair(first, second))).get(0);
  }

  /** The labels of many pairs, in order; the second text of a pair may be empty. */
  public List<Decision> classify(List<TextPair> pairs) {
    return texts.values(pairs).stream().map(this::decision).toList();
  }

  private Decision decision(float[][] windows) {
    Map<String, Double> probabilities = Probabilities.mean(head.labels(), windows);
    return new Decision(Probabilities.best(probabilities), probabilities);
  }

  @Override
  public void close() {
    texts.close();
  }
}
