package io.github.electra4j.eval.statistics;

import io.github.electra4j.eval.metric.Metric;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Whether the difference between two systems on the same examples could be chance: examples are
 * drawn again and again, and the difference is computed each time.
 *
 * @param difference second minus first on the examples as they are
 * @param interval the middle 95 % of the differences
 * @param pValue two-sided: twice the share of resamples in which the difference does not have the
 *     more frequent sign, at most 1
 */
public record PairedBootstrap(double difference, Resampling.Interval interval, double pValue) {
  /**
   * For means.
   *
   * @param first a score per example, e.g. 1 if right
   * @param second the scores of the other system on the same examples
   */
  public static PairedBootstrap ofMeans(double[] first, double[] second, Resampling resampling) {
    requireEqual(first.length, second.length);
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = second[i] - first[i];
    }
    return of(first.length, drawn -> Resampling.mean(differences, drawn), resampling);
  }

  /**
   * For any metric. Resamples on which it is undefined are left out.
   *
   * @param gold the right answers
   * @param first what the first system predicted
   * @param second what the second system predicted
   */
  public static PairedBootstrap of(
      Metric metric, double[] gold, double[] first, double[] second, Resampling resampling) {
    requireEqual(first.length, second.length);
    requireEqual(gold.length, second.length);
    return of(
        gold.length,
        drawn -> {
          double[] golds = chosen(gold, drawn);
          return metric.of(golds, chosen(second, drawn)) - metric.of(golds, chosen(first, drawn));
        },
        resampling);
  }

  private static PairedBootstrap of(
      int examples, ToDoubleFunction<int[]> statistic, Resampling resampling) {
    double[] sorted = resampling.draw(examples, statistic);
    int defined = sorted.length;
    while (defined > 0 && Double.isNaN(sorted[defined - 1])) {
      defined--; // NaN is sorted last
    }
    double[] differences = Arrays.copyOf(sorted, defined);
    int[] all = new int[examples];
    Arrays.setAll(all, i -> i);
    double difference = statistic.applyAsDouble(all);
    if (defined == 0) {
      return new PairedBootstrap(difference, new Resampling.Interval(Double.NaN, Double.NaN), 1);
    }
    int notAbove = 0;
    int notBelow = 0;
    for (double value : differences) {
      notAbove += value <= 0 ? 1 : 0;
      notBelow += value >= 0 ? 1 : 0;
    }
    double rarer = (double) (Math.min(notAbove, notBelow) + 1) / (defined + 1);
    return new PairedBootstrap(
        difference, Resampling.interval(differences), Math.min(1, 2 * rarer));
  }

  private static double[] chosen(double[] values, int[] drawn) {
    double[] chosen = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      chosen[i] = values[drawn[i]];
    }
    return chosen;
  }

  private static void requireEqual(int first, int second) {
    if (first != second) {
      throw new IllegalArgumentException(
          "There are %d and %d examples; compare both systems on the same ones."
              .formatted(first, second));
    }
  }
}
