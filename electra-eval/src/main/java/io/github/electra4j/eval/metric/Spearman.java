package io.github.electra4j.eval.metric;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Spearman's rank correlation, from −1 to 1: {@link Pearson} of the ranks, where equal values share
 * the mean of their ranks. It is NaN if the gold scores are all equal or the predictions are all
 * equal, as in SciPy's {@code spearmanr}.
 */
public record Spearman() implements Metric {
  @Override
  public String name() {
    return "spearman";
  }

  @Override
  public boolean inPercent() {
    return true;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public double of(double[] gold, double[] predicted) {
    PairedValues.require(this, gold, predicted);
    return Pearson.correlation(ranks(gold), ranks(predicted));
  }

  /** Ranks from 1. Example: {@code [7, 3, 7, 9]} gives {@code [2.5, 1, 2.5, 4]}. */
  static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      double shared = (from + 1 + to) / 2.0; // mean of from + 1, …, to
      for (int i = from; i < to; i++) {
        ranks[order[i]] = shared;
      }
      from = to;
    }
    return ranks;
  }
}
