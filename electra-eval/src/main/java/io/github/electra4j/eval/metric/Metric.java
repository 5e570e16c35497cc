package io.github.electra4j.eval.metric;

/**
 * A number that says how well predictions agree with the gold answers. Implementations are
 * immutable. Example: {@code new Accuracy().of(new double[] {0, 1, 1}, new double[] {0, 1, 0})} is
 * 2/3.
 */
public interface Metric {
  /** The name under which results are reported, e.g. {@code accuracy}. */
  String name();

  /** Whether results show the value multiplied by 100. {@link #of} never does. */
  boolean inPercent();

  /** Whether a larger value is a better one. */
  boolean higherIsBetter();

  /**
   * The value over all examples, not in percent.
   *
   * @param gold the right answers: class indices from 0, or scores; {@code [examples]}
   * @param predicted the answers to judge, in the same order; {@code [examples]}
   * @return the value; NaN only where the implementation says so
   * @throws IllegalArgumentException if there are no examples, if the arrays differ in length, if a
   *     value is not finite, or if a metric of classes meets a value that is no class
   */
  double of(double[] gold, double[] predicted);
}
