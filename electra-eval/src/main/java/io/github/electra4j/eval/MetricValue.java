package io.github.electra4j.eval;

import io.github.electra4j.eval.metric.Metric;
import io.github.electra4j.eval.statistics.Resampling;
import io.github.electra4j.eval.statistics.StandardError;

/**
 * One number of a result. Example: an accuracy of 0.5 is {@code MetricValue[name=accuracy,
 * value=50.0, inPercent=true, higherIsBetter=true, standardError=NaN]}.
 *
 * @param name the metric's {@link Metric#name}, or {@code loss}
 * @param value the number, multiplied by 100 if {@code inPercent}; NaN where it is undefined
 * @param inPercent whether the number is in percent
 * @param higherIsBetter whether a larger number is a better one
 * @param standardError how far the number would typically be off on other examples of the same
 *     kind, in the unit of {@code value}; NaN where it is not known
 */
public record MetricValue(
    String name, double value, boolean inPercent, boolean higherIsBetter, double standardError) {
  /** Enough for two digits of a standard error. */
  private static final Resampling RESAMPLING = new Resampling(200, 0);

  /** Name of the mean loss per example. */
  static final String LOSS = "loss";

  /** A number without standard error. */
  public MetricValue(String name, double value, boolean inPercent, boolean higherIsBetter) {
    this(name, value, inPercent, higherIsBetter, Double.NaN);
  }

  /**
   * The metric's value over all examples, with its standard error; parameters as {@link Metric#of}.
   */
  static MetricValue of(Metric metric, double[] gold, double[] predicted) {
    double unit = metric.inPercent() ? 100 : 1;
    return new MetricValue(
        metric.name(),
        unit * metric.of(gold, predicted),
        metric.inPercent(),
        metric.higherIsBetter(),
        unit * StandardError.of(metric, gold, predicted, RESAMPLING));
  }

  /** The mean loss per example. */
  static MetricValue loss(double mean) {
    return new MetricValue(LOSS, mean, false, false);
  }
}
