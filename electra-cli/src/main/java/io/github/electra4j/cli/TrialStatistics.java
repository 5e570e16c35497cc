package io.github.electra4j.cli;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What several trials say together.
 *
 * @param mean of the values
 * @param standardDeviation of the values as a sample, 0 for one value
 * @param median of the values
 * @param smallest value
 * @param largest value
 * @param low lower end of the interval that holds the mean with 95 % confidence
 * @param high its upper end
 */
record TrialStatistics(
    double mean,
    double standardDeviation,
    double median,
    double smallest,
    double largest,
    double low,
    double high) {
  private static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;

  /**
   * The statistics of values; the interval is that of the percentile bootstrap, drawn from a fixed
   * seed.
   *
   * @param values at least one
   */
  static TrialStatistics of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    SplittableRandom random = new SplittableRandom(n);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += sorted[random.nextInt(n)];
      }
      means[i] = sum / n;
    }
    Arrays.sort(means);
    return new TrialStatistics(
        mean,
        n < 2 ? 0 : Math.sqrt(squares / (n - 1)),
        (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
        sorted[0],
        sorted[n - 1],
        means[(int) (TAIL * RESAMPLES)],
        means[(int) ((1 - TAIL) * RESAMPLES) - 1]);
  }
}
