package io.github.electra4j.eval.statistics;

import java.util.Arrays;
import java.util.Locale;

/**
 * What several trials with different seeds say together. Example: of 1, 2, 3, 4 the mean is 2.5,
 * the standard deviation 1.291, the median 2.5.
 *
 * @param trials how many there are, at least 1
 * @param mean of their values
 * @param deviation standard deviation of a sample (divided by n − 1); NaN for one trial
 * @param median of their values
 * @param lowest of their values
 * @param highest of their values
 * @param meanInterval bootstrap interval of the mean, 95 %; says little for fewer than five trials
 */
public record TrialSummary(
    int trials,
    double mean,
    double deviation,
    double median,
    double lowest,
    double highest,
    Resampling.Interval meanInterval) {

  /**
   * Summarises values.
   *
   * @param values one per trial, at least one, all finite
   */
  public static TrialSummary of(double[] values, Resampling resampling) {
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "The values of the trials are %s; give at least one, all finite."
              .formatted(Arrays.toString(values)));
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    double squares = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
    return new TrialSummary(
        sorted.length,
        mean,
        sorted.length == 1 ? Double.NaN : Math.sqrt(squares / (sorted.length - 1)),
        Resampling.quantile(sorted, 0.5),
        sorted[0],
        sorted[sorted.length - 1],
        resampling.meanInterval(values));
  }

  /** One line for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "mean %.2f, sd %s, median %.2f, %.2f to %.2f, 95 %% interval of the mean %.2f to %.2f (n=%d)",
        mean,
        Double.isNaN(deviation) ? "unknown" : String.format(Locale.ROOT, "%.2f", deviation),
        median,
        lowest,
        highest,
        meanInterval.low(),
        meanInterval.high(),
        trials);
  }
}
