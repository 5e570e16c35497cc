package io.github.electra4j.eval;

import io.github.electra4j.eval.metric.Metric;

/**
 * One number of a result. Example: an accuracy of 0.5 is {@code MetricValue[name=accuracy,
 * value=50.0, inPercent=true, higherIsBetter=true]}.
 *
 * @param name the metric's {@link Metric#name}, or {@code loss}
 * @param value the number, multiplied by 100 if {@code inPercent}; NaN where it is undefined
 * @param inPercent whether the number is in percent
 * @param higherIsBetter whether a larger number is a better one
 */
public record MetricValue(String name, double value, boolean inPercent, boolean higherIsBetter) {
  /** Name of the mean loss per example. */
  static final String LOSS = "loss";

  /** The metric's value over all examples; parameters as {@link Metric#of}. */
  static MetricValue of(Metric metric, double[] gold, double[] predicted) {
    double value = metric.of(gold, predicted);
    return new MetricValue(
        metric.name(),
        metric.inPercent() ? 100 * value : value,
        metric.inPercent(),
        metric.higherIsBetter());
  }

  /** The mean loss per example. */
  static MetricValue loss(double mean) {
    return new MetricValue(LOSS, mean, false, false);
  }
}
