package io.github.electra4j.eval.dataset;

/**
 * What the original does differently from task to task when it fine-tunes.
 *
 * @param epochs passes over the training set, above 0
 * @param bothOrders whether every training pair is also given with its sentences swapped, because
 *     their order means nothing ({@code double_unordered} in the original)
 */
public record TrainingDefaults(double epochs, boolean bothOrders) {
  /** Checks the epochs. */
  public TrainingDefaults {
    if (!(epochs > 0) || Double.isInfinite(epochs)) {
      throw new IllegalArgumentException(
          "TrainingDefaults.epochs is %s; use a number above 0.".formatted(epochs));
    }
  }
}
