package io.github.electra4j.testkit;

/** Assertions over arrays of numbers that name the worst element when they fail. */
public final class TensorAssert {
  private TensorAssert() {}

  /** Fails unless {@code |actual - expected| <= tolerance} for every element. */
  public static void assertWithin(
      String what, double[] expected, double[] actual, double tolerance) {
    assertLength(what, expected.length, actual.length);
    int worst = -1;
    double worstDifference = -1;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      if (!(difference <= worstDifference)) {
        worst = i;
        worstDifference = difference;
        if (Double.isNaN(difference)) {
          break;
        }
      }
    }
    if (worst >= 0 && !(worstDifference <= tolerance)) {
      throw new AssertionError(
          "%s: element %d of %d is %s, expected %s; |difference| %.3g exceeds %.3g"
              .formatted(
                  what,
                  worst,
                  expected.length,
                  actual[worst],
                  expected[worst],
                  worstDifference,
                  tolerance));
    }
  }

  /** {@link #assertWithin(String, double[], double[], double)} for single precision. */
  public static void assertWithin(String what, float[] expected, float[] actual, double tolerance) {
    assertWithin(what, widen(expected), widen(actual), tolerance);
  }

  /**
   * Fails unless the largest absolute difference is at most {@code tolerance} times the largest
   * magnitude of {@code expected}; a tensor that is zero everywhere must be reproduced to within
   * {@code tolerance}.
   */
  public static void assertRelative(
      String what, double[] expected, double[] actual, double tolerance) {
    double magnitude = 0;
    for (double value : expected) {
      magnitude = Math.max(magnitude, Math.abs(value));
    }
    assertWithin(what, expected, actual, magnitude == 0 ? tolerance : tolerance * magnitude);
  }

  /** {@link #assertRelative(String, double[], double[], double)} for single precision. */
  public static void assertRelative(
      String what, float[] expected, float[] actual, double tolerance) {
    assertRelative(what, widen(expected), widen(actual), tolerance);
  }

  private static void assertLength(String what, int expected, int actual) {
    if (expected != actual) {
      throw new AssertionError(
          "%s: has %d elements, expected %d".formatted(what, actual, expected));
    }
  }

  private static double[] widen(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }
}
