package io.github.electra4j.convert;

/**
 * How a checkpoint is written for TensorFlow.
 *
 * @param overwrite whether a TensorFlow checkpoint that is there may be replaced
 * @param zeroSlots whether weights without optimizer slots get slots of zeros, and a checkpoint
 *     without a step gets step 0. The original's pre-training resumes only from a file that has
 *     them all; its fine-tuning needs none
 */
public record ExportOptions(boolean overwrite, boolean zeroSlots) {

  /** Nothing is replaced, nothing is added. */
  public static ExportOptions standard() {
    return new ExportOptions(false, false);
  }

  /** The same, allowing or refusing to replace a checkpoint that is there. */
  public ExportOptions withOverwrite(boolean allowed) {
    return new ExportOptions(allowed, zeroSlots);
  }

  /** The same, with or without slots of zeros. */
  public ExportOptions withZeroSlots(boolean wanted) {
    return new ExportOptions(overwrite, wanted);
  }
}
