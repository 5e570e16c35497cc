package io.github.electra4j.serve.task;

import io.github.electra4j.model.TaskHead;
import java.util.List;
import java.util.Optional;

/** Which heads of a model can say how well a document fits a query. */
final class RankingHeads {
  /** The label of QNLI and RTE that stands for a fitting pair. */
  private static final String USUAL_LABEL = "entailment";

  private RankingHeads() {}

  /**
   * The heads among which one must be chosen. Nothing in a head says whether it was fine-tuned on
   * pairs, so that a classification counts by its label alone.
   *
   * @param label that stands for a fitting pair: then the classifications that have it. Without,
   *     those that choose among candidates if there are any, otherwise regressions and the
   *     classifications with the label {@code entailment}
   */
  static List<TaskHead> of(List<TaskHead> heads, Optional<String> label) {
    if (label.isPresent()) {
      return heads.stream().filter(head -> hasLabel(head, label.get())).toList();
    }
    List<TaskHead> choices = heads.stream().filter(TaskHead.PairRanking.class::isInstance).toList();
    return choices.isEmpty()
        ? heads.stream()
            .filter(head -> head instanceof TaskHead.Regression || hasLabel(head, USUAL_LABEL))
            .toList()
        : choices;
  }

  private static boolean hasLabel(TaskHead head, String label) {
    return head instanceof TaskHead.Classification classes && classes.labels().contains(label);
  }

  /** The label by which a head ranks, if it is a classification. */
  static Optional<String> label(TaskHead head, Optional<String> label) {
    return head instanceof TaskHead.Classification
        ? Optional.of(label.orElse(USUAL_LABEL))
        : Optional.empty();
  }

  /** What a head's scores are, in a word for programs. */
  static String scores(TaskHead head) {
    if (head instanceof TaskHead.Regression) {
      return "value";
    }
    return head instanceof TaskHead.PairRanking ? "logit" : "probability";
  }
}
