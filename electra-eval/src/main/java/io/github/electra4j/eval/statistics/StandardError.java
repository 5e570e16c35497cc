package io.github.electra4j.eval.statistics;

import io.github.electra4j.eval.metric.Accuracy;
import io.github.electra4j.eval.metric.Metric;

/**
 * How far a metric would typically be off on other examples of the same kind: for means by formula,
 * for other metrics by the bootstrap.
 */
public final class StandardError {
  private StandardError() {}

  /**
   * The standard error of a metric, in the metric's own unit (not in percent); NaN for one example
   * or where it is undefined.
   *
   * @param resampling used for all metrics but the accuracy
   */
  public static double of(Metric metric, double[] gold, double[] predicted, Resampling resampling) {
    double value = metric.of(gold, predicted);
    if (gold.length < 2 || Double.isNaN(value)) {
      return Double.NaN;
    }
    if (metric instanceof Accuracy) {
      return ofShare(value, gold.length);
    }
    double[] golds = new double[gold.length];
    double[] predictions = new double[gold.length];
    double[] drawn =
        resampling.draw(
            gold.length,
            indices -> {
              for (int i = 0; i < indices.length; i++) {
                golds[i] = gold[indices[i]];
                predictions[i] = predicted[indices[i]];
              }
              return metric.of(golds, predictions);
            });
    return deviation(drawn);
  }

  /**
   * The standard error of a share, e.g. an accuracy: {@code √(p·(1−p)/(n−1))}.
   *
   * @param share from 0 to 1
   * @param examples at least 2
   */
  public static double ofShare(double share, int examples) {
    return Math.sqrt(share * (1 - share) / (examples - 1));
  }

  /** The standard deviation of the defined ones among the values. */
  private static double deviation(double[] values) {
    int count = 0;
    double sum = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
        sum += value;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (double value : values) {
      squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
    }
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
  }
}
