package io.github.electra4j.eval.statistics;

/**
 * McNemar's test of whether one of two systems is right more often, from the examples on which they
 * differ. Below 25 of these the binomial distribution is summed exactly; from there on χ² with
 * continuity correction is used. Example: 1 against 9 gives p = 0.0215.
 *
 * @param onlyFirst how many examples only the first system got right, at least 0
 * @param onlySecond how many only the second did, at least 0
 */
public record McNemar(int onlyFirst, int onlySecond) {
  private static final int EXACT_BELOW = 25;

  /** Checks the counts. */
  public McNemar {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          "McNemar counts %d and %d examples; counts are at least 0."
              .formatted(onlyFirst, onlySecond));
    }
  }

  /**
   * Counts from what was right.
   *
   * @param first whether the first system was right on each example
   * @param second the same of the second, equally many
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "The systems answered %d and %d examples; compare them on the same ones."
              .formatted(first.length, second.length));
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < first.length; i++) {
      onlyFirst += first[i] && !second[i] ? 1 : 0;
      onlySecond += second[i] && !first[i] ? 1 : 0;
    }
    return new McNemar(onlyFirst, onlySecond);
  }

  /** Whether {@link #pValue} is exact. */
  public boolean isExact() {
    return onlyFirst + onlySecond < EXACT_BELOW;
  }

  /** The probability of a difference at least as large between equally good systems, two-sided. */
  public double pValue() {
    return isExact() ? exact() : approximate();
  }

  private double exact() {
    int differing = onlyFirst + onlySecond;
    double tail = 0;
    double ways = 1;
    for (int k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
      tail += ways;
      ways = ways * (differing - k) / (k + 1);
    }
    return Math.min(1, 2 * tail * Math.pow(0.5, differing));
  }

  private double approximate() {
    double difference = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1.0);
    double chiSquared = difference * difference / ((double) onlyFirst + onlySecond);
    return ComplementaryError.of(Math.sqrt(chiSquared / 2));
  }
}
