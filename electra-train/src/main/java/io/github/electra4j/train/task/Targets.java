package io.github.electra4j.train.task;

import io.github.electra4j.model.TaskHead;

/** Labels as numbers that a head learns. */
public final class Targets {
  private Targets() {}

  /**
   * The class index, or the score brought to [0, 1] as the original does it: {@code (score −
   * minimum) / maximum}. Example: 3.2 of a head from 0 to 5 is 0.64.
   *
   * @throws IllegalArgumentException when the label is unknown, or not a number in the head's range
   */
  public static double of(TaskHead head, String label) {
    if (head instanceof TaskHead.Regression regression) {
      return score(regression, label);
    }
    TaskHead.Classification classification = (TaskHead.Classification) head;
    int index = classification.labels().indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "label \"%s\" is not one of %s".formatted(label, classification.labels()));
    }
    return index;
  }

  private static double score(TaskHead.Regression head, String label) {
    double score;
    try {
      score = Double.parseDouble(label);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("label \"%s\" is not a number".formatted(label), e);
    }
    if (!(score >= head.minimum() && score <= head.maximum())) {
      throw new IllegalArgumentException(
          "score %s is outside [%s, %s]".formatted(label, head.minimum(), head.maximum()));
    }
    return head.target(score);
  }
}
