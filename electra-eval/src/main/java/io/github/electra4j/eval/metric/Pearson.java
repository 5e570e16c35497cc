package io.github.electra4j.eval.metric;

/**
 * Pearson's correlation coefficient, from −1 to 1. It is NaN if the gold scores are all equal or
 * the predictions are all equal, as in SciPy's {@code pearsonr}; so it is NaN for one example
 * (where SciPy refuses to answer).
 */
public record Pearson() implements Metric {
  @Override
  public String name() {
    return "pearson";
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
    return correlation(gold, predicted);
  }

  static double correlation(double[] left, double[] right) {
    // Asked before the mean is taken: its rounding could make equal values look different.
    if (isConstant(left) || isConstant(right)) {
      return Double.NaN;
    }
    double[] leftUnit = unitDeviations(left);
    double[] rightUnit = unitDeviations(right);
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += leftUnit[i] * rightUnit[i];
    }
    return Math.max(-1, Math.min(1, sum));
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** The deviations from the mean, as a vector of length 1. */
  private static double[] unitDeviations(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] deviations = new double[values.length];
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      deviations[i] = values[i] - mean;
      largest = Math.max(largest, Math.abs(deviations[i]));
    }
    double squares = 0;
    for (double deviation : deviations) {
      squares += (deviation / largest) * (deviation / largest); // cannot overflow or vanish
    }
    double length = largest * Math.sqrt(squares);
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] /= length;
    }
    return deviations;
  }
}
