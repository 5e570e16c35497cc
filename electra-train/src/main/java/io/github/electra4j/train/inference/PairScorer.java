package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.task.TaskTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How well the second text of a pair fits the first, by a head that was fine-tuned on pairs: the
 * probability of a label, the value of a regression, or the logit of a candidate. Where a text must
 * be read in windows, the best of them counts. Made by {@link Electra#pairScorer}.
 */
public final class PairScorer implements AutoCloseable {
  private static final String USUAL_LABEL = "1";

  /** What stands for 1 in QNLI and RTE. */
  private static final String ENTAILED = "entailment";

  private final TaskHead head;
  private final int label;
  private final WindowedTexts texts;

  PairScorer(LoadedModel loaded, TaskHead head, Optional<String> label)
      throws MalformedFileException {
    this.head = head;
    this.label = label(loaded, head, label);
    this.texts = new WindowedTexts(loaded, head, placeholder(head));
  }

  private static int label(LoadedModel loaded, TaskHead head, Optional<String> wanted)
      throws MalformedFileException {
    if (head instanceof TaskHead.Regression || head instanceof TaskHead.PairRanking) {
      return 0;
    }
    if (!(head instanceof TaskHead.Classification classes)) {
      throw MalformedFileException.in(
          loaded.source(),
          "its head for \"%s\" does not judge pairs of texts. Use a model that was fine-tuned on pairs."
              .formatted(head.task()));
    }
    boolean entails =
        !classes.labels().contains(USUAL_LABEL) && classes.labels().contains(ENTAILED);
    String name = wanted.orElse(entails ? ENTAILED : USUAL_LABEL);
    int index = classes.labels().indexOf(name);
    if (index < 0) {
      throw MalformedFileException.in(
          loaded.source(),
          "its head for \"%s\" has the labels %s, not \"%s\". Name the label that stands for a fitting pair."
              .formatted(head.task(), classes.labels(), name));
    }
    return index;
  }

  /** The scores of many pairs, in order; higher fits better. */
  public double[] scores(List<TextPair> pairs) {
    return texts.values(pairs).stream()
        .mapToDouble(windows -> Arrays.stream(windows).mapToDouble(this::score).max().orElseThrow())
        .toArray();
  }

  private static TaskTarget placeholder(TaskHead head) {
    if (head instanceof TaskHead.Regression) {
      return new TaskTarget.Score(0);
    }
    return head instanceof TaskHead.PairRanking
        ? new TaskTarget.Choice(1, 0)
        : new TaskTarget.Label(0);
  }

  private double score(float[] values) {
    if (head instanceof TaskHead.Regression regression) {
      return regression.label(values[0]);
    }
    return head instanceof TaskHead.PairRanking ? values[0] : Probabilities.of(values)[label];
  }

  @Override
  public void close() {
    texts.close();
  }
}
