package io.github.electra4j.convert;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a checkpoint is written for other programs.
 *
 * @param overwrite whether a checkpoint of that form that is there may be replaced
 * @param zeroSlots for TensorFlow: whether weights without optimizer slots get slots of zeros, and
 *     a checkpoint without a step gets step 0. The original's pre-training resumes only from a file
 *     that has them all; its fine-tuning needs none
 * @param weightFiles for HuggingFace: which files hold the weights, each of them all; at least one
 */
public record ExportOptions(boolean overwrite, boolean zeroSlots, Set<WeightFile> weightFiles) {

  /** A file that HuggingFace's libraries read weights from. */
  public enum WeightFile {
    /** {@code model.safetensors}, for PyTorch and TensorFlow. */
    SAFETENSORS,
    /** {@code pytorch_model.bin}, for PyTorch of any age. */
    PYTORCH,
    /** {@code tf_model.h5}, for TensorFlow. */
    KERAS
  }

  /** Copies the set and checks that it is not empty. */
  public ExportOptions {
    if (weightFiles.isEmpty()) {
      throw new IllegalArgumentException(
          "ExportOptions.weightFiles is empty; choose at least one of SAFETENSORS, PYTORCH, KERAS");
    }
    weightFiles = Set.copyOf(weightFiles);
  }

  /** The same choices with {@code model.safetensors} alone. */
  public ExportOptions(boolean overwrite, boolean zeroSlots) {
    this(overwrite, zeroSlots, EnumSet.of(WeightFile.SAFETENSORS));
  }

  /** Nothing is replaced, nothing is added. */
  public static ExportOptions standard() {
    return new ExportOptions(false, false);
  }

  /** The same, allowing or refusing to replace a checkpoint that is there. */
  public ExportOptions withOverwrite(boolean allowed) {
    return new ExportOptions(allowed, zeroSlots, weightFiles);
  }

  /** The same, with or without slots of zeros. */
  public ExportOptions withZeroSlots(boolean wanted) {
    return new ExportOptions(overwrite, wanted, weightFiles);
  }

  /** The same, with the weights in these files. */
  public ExportOptions withWeightFiles(Set<WeightFile> files) {
    return new ExportOptions(overwrite, zeroSlots, files);
  }
}
