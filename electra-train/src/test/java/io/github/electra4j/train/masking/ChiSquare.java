package io.github.electra4j.train.masking;

/**
 * Pearson's test of counts against expected counts. The limit is the Wilson-Hilferty approximation
 * of the 99.99 % point of the chi-square distribution: a right program fails one time in 10,000,
 * and with fixed seeds always or never.
 */
public final class ChiSquare {
  private static final double POINT = 3.719; // 99.99 % of the normal distribution

  private ChiSquare() {}

  /** Fails when the counts are not drawn with these probabilities; cells below 5 are merged. */
  public static void assertDrawnFrom(double[] probabilities, long[] counts) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double statistic = 0;
    int cells = 0;
    double smallExpected = 0;
    long smallCount = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = probabilities[i] * total;
      if (expected < 5) {
        smallExpected += expected;
        smallCount += counts[i];
      } else {
        statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        cells++;
      }
    }
    if (smallExpected >= 5) {
      statistic += (smallCount - smallExpected) * (smallCount - smallExpected) / smallExpected;
      cells++;
    } else if (smallExpected == 0 && smallCount > 0) {
      throw new AssertionError("What has probability 0 was drawn %d times".formatted(smallCount));
    }
    double limit = limit(cells - 1);
    if (!(statistic < limit)) {
      throw new AssertionError(
          "chi-square %.1f exceeds %.1f for %d cells and %d draws"
              .formatted(statistic, limit, cells, total));
    }
  }

  private static double limit(int freedom) {
    double part = 2.0 / (9 * freedom);
    return freedom * Math.pow(1 - part + POINT * Math.sqrt(part), 3);
  }
}
