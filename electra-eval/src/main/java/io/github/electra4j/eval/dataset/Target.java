package io.github.electra4j.eval.dataset;

import java.util.Optional;

/**
 * What the labels of a task mean, and how the outputs of a model answer them. A <em>value</em> is
 * the number that stands for a label while learning and scoring: the index of a class, or a score
 * brought to [0, 1].
 */
public sealed interface Target permits ClassTarget, ScoreTarget {
  /** How many numbers a model gives per example: one per class, or 1 for a score. */
  int outputs();

  /**
   * What is wrong with a label as written in a file, empty if nothing is. Example: {@code the label
   * is "2", wanted one of [0, 1]}.
   */
  Optional<String> fault(String label);

  /**
   * The value of a label: the index of its class from 0, or the score brought to [0, 1].
   *
   * @throws IllegalArgumentException if the label has a {@link #fault}
   */
  double value(String label);

  /**
   * The label given to an example of a split without labels, as the original does it: the first
   * class, or 0.0.
   */
  String placeholder();

  /**
   * The value that a model answers. The larger output wins; among equal ones the first.
   *
   * @param outputs logits per class, or one score on the scale of [0, 1]; {@code [outputs]}
   */
  double predicted(float[] outputs);

  /**
   * The loss of one example, in natural units: cross-entropy in nats, or the squared error on the
   * scale of [0, 1].
   *
   * @param value the gold value
   * @param outputs as for {@link #predicted}
   */
  double loss(double value, float[] outputs);

  /**
   * The answer as a label file would have it: the name of a class, or a score on the task's own
   * scale in decimal notation.
   *
   * @param outputs as for {@link #predicted}
   */
  String answer(float[] outputs);
}
