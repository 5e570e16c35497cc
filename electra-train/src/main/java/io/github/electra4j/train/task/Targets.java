package io.github.electra4j.train.task;

import io.github.electra4j.model.TaskHead;
import java.util.List;

/** Labels as numbers that a head learns. */
public final class Targets {
  private Targets() {}

  /**
   * The class index, or the score brought to [0, 1] as the original does it: {@code (score −
   * minimum) / maximum}. Example: 3.2 of a head from 0 to 5 is 0.64.
   *
   * @throws IllegalArgumentException when the label is unknown, or not a number in the head's
   *     range, or when the head is for anything but whole texts
   */
  public static TaskTarget of(TaskHead head, String label) {
    return head.match(new OfText(label));
  }

  /**
   * The place of a label among those of a head.
   *
   * @throws IllegalArgumentException when it is not one of them
   */
  static int index(List<String> labels, String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException("label \"%s\" is not one of %s".formatted(label, labels));
    }
    return index;
  }

  private record OfText(String label) implements TaskHead.Cases<TaskTarget> {
    @Override
    public TaskTarget classification(TaskHead.Classification head) {
      return new TaskTarget.Label(index(head.labels(), label));
    }

    @Override
    public TaskTarget regression(TaskHead.Regression head) {
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
      return new TaskTarget.Score(head.target(score));
    }

    @Override
    public TaskTarget tagging(TaskHead.Tagging head) {
      throw notForTexts(head);
    }

    @Override
    public TaskTarget spanAnswer(TaskHead.SpanAnswer head) {
      throw notForTexts(head);
    }

    @Override
    public TaskTarget pairRanking(TaskHead.PairRanking head) {
      throw notForTexts(head);
    }

    @Override
    public TaskTarget intentAndSlots(TaskHead.IntentAndSlots head) {
      throw notForTexts(head);
    }

    private static IllegalArgumentException notForTexts(TaskHead head) {
      return new IllegalArgumentException(
          "Task %s does not give a label or a score to whole texts; use the features of its kind"
              .formatted(head.task()));
    }
  }
}
