package io.github.electra4j.eval.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap: a number is computed again and again from examples drawn with
 * replacement. The same seed gives the same numbers.
 *
 * @param resamples how often, at least 100
 * @param seed of the draws
 */
public record Resampling(int resamples, long seed) {
  private static final int FEWEST = 100;

  /** Checks the number of resamples. */
  public Resampling {
    if (resamples < FEWEST) {
      throw new IllegalArgumentException(
          "Resampling.resamples is %d; use at least %d.".formatted(resamples, FEWEST));
    }
  }

  /** 10,000 resamples of seed 0. */
  public static Resampling usual() {
    return new Resampling(10_000, 0);
  }

  /**
   * An interval.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Interval(double low, double high) {}

  /**
   * The number on every resample.
   *
   * @param examples how many there are, at least 1
   * @param statistic computes it from the indices of the examples drawn; must not keep the array
   * @return sorted; {@code [resamples]}
   */
  public double[] draw(int examples, ToDoubleFunction<int[]> statistic) {
    if (examples < 1) {
      throw new IllegalArgumentException("There is no example to draw; give at least one.");
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[examples];
    double[] values = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      for (int j = 0; j < examples; j++) {
        drawn[j] = random.nextInt(examples);
      }
      values[i] = statistic.applyAsDouble(drawn);
    }
    Arrays.sort(values);
    return values;
  }

  /** The interval that holds the mean of values like these with 95 % confidence. */
  public Interval meanInterval(double[] values) {
    return interval(draw(values.length, drawn -> mean(values, drawn)));
  }

  /** The middle 95 % of sorted numbers. */
  static Interval interval(double[] sorted) {
    return new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  /** The mean of some of the values. */
  static double mean(double[] values, int[] drawn) {
    double sum = 0;
    for (int index : drawn) {
      sum += values[index];
    }
    return sum / drawn.length;
  }

  /**
   * A quantile by linear interpolation, as NumPy has it. Example: a quarter of the way through
   * {@code [1, 2, 4, 8]} is 1.75.
   *
   * @param sorted at least one value
   * @param share from 0 to 1
   */
  public static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
