package io.github.electra4j.eval.metric;

/** The contract of every metric's input. */
final class PairedValues {
  private PairedValues() {}

  /** Requires equally many finite values, at least one. */
  static void require(Metric metric, double[] gold, double[] predicted) {
    if (gold.length != predicted.length) {
      throw new IllegalArgumentException(
          "%s compares %d gold answers with %d predictions; pass one prediction per answer."
              .formatted(metric.name(), gold.length, predicted.length));
    }
    if (gold.length == 0) {
      throw new IllegalArgumentException(
          "%s of no examples is undefined; pass at least one.".formatted(metric.name()));
    }
    for (int i = 0; i < gold.length; i++) {
      if (!Double.isFinite(gold[i]) || !Double.isFinite(predicted[i])) {
        throw new IllegalArgumentException(
            "%s: example %d has the gold answer %s and the prediction %s; both must be finite."
                .formatted(metric.name(), i, gold[i], predicted[i]));
      }
    }
  }

  /** As {@link #require}; every value must also be a class: a whole number from 0 to highest. */
  static void requireClasses(Metric metric, double[] gold, double[] predicted, int highest) {
    require(metric, gold, predicted);
    for (int i = 0; i < gold.length; i++) {
      if (!isClass(gold[i], highest) || !isClass(predicted[i], highest)) {
        throw new IllegalArgumentException(
            ("%s: example %d has the gold class %s and the predicted class %s; classes are whole "
                    + "numbers from 0 to %d.")
                .formatted(metric.name(), i, gold[i], predicted[i], highest));
      }
    }
  }

  /** As {@link #require}; every gold value must be 0 or 1, predictions are scores. */
  static void requireBinary(Metric metric, double[] gold, double[] predicted) {
    require(metric, gold, predicted);
    for (int i = 0; i < gold.length; i++) {
      if (!isClass(gold[i], 1)) {
        throw new IllegalArgumentException(
            "%s: example %d has the gold class %s; the classes are 0 and 1."
                .formatted(metric.name(), i, gold[i]));
      }
    }
  }

  private static boolean isClass(double value, int highest) {
    return value >= 0 && value <= highest && value == Math.rint(value);
  }
}
