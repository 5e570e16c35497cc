package io.github.electra4j.convert;

import io.github.electra4j.convert.tensor.Precision;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a checkpoint is written for other programs.
 *
 * @param overwrite whether a checkpoint of that form that is there may be replaced
 * @param zeroSlots for TensorFlow: whether weights without optimizer slots get slots of zeros, and
 *     a checkpoint without a step gets step 0. The original's pre-training resumes only from a file
 *     that has them all; its fine-tuning needs none
 * @param weightFiles for HuggingFace: which files hold the weights, each of them all; at least one
 * @param precision for HuggingFace and ONNX: how many bits the weights keep
 * @param task for ONNX and HuggingFace: what of the checkpoint to write, as {@link
 *     io.github.electra4j.convert.onnx.OnnxOptions#task}; empty for the obvious
 * @param modelName for ONNX: what the file says that it is, e.g. {@code electra_small}; empty to
 *     say nothing
 */
public record ExportOptions(
    boolean overwrite,
    boolean zeroSlots,
    Set<WeightFile> weightFiles,
    Precision precision,
    Optional<String> task,
    Optional<String> modelName) {

  /** A file that HuggingFace's libraries read weights from. */
  public enum WeightFile {
    /** {@code model.safetensors}, for PyTorch and TensorFlow. */
    SAFETENSORS("model.safetensors"),
    /** {@code pytorch_model.bin}, for PyTorch of any age. */
    PYTORCH("pytorch_model.bin"),
    /** {@code tf_model.h5}, for TensorFlow. */
    KERAS("tf_model.h5");

    private final String fileName;

    WeightFile(String fileName) {
      this.fileName = fileName;
    }

    /** What it is called in its folder. */
    public String fileName() {
      return fileName;
    }
  }

  /** Copies the set and checks that it is not empty. */
  public ExportOptions {
    if (weightFiles.isEmpty()) {
      throw new IllegalArgumentException(
          "ExportOptions.weightFiles is empty; choose at least one of SAFETENSORS, PYTORCH, KERAS");
    }
    weightFiles = Set.copyOf(weightFiles);
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(modelName, "modelName");
  }

  /** The same choices with {@code model.safetensors} alone. */
  public ExportOptions(boolean overwrite, boolean zeroSlots) {
    this(
        overwrite,
        zeroSlots,
        EnumSet.of(WeightFile.SAFETENSORS),
        Precision.FLOAT32,
        Optional.empty(),
        Optional.empty());
  }

  /** Nothing is replaced, nothing is added. */
  public static ExportOptions standard() {
    return new ExportOptions(false, false);
  }

  /** The same, allowing or refusing to replace a checkpoint that is there. */
  public ExportOptions withOverwrite(boolean allowed) {
    return new ExportOptions(allowed, zeroSlots, weightFiles, precision, task, modelName);
  }

  /** The same, with or without slots of zeros. */
  public ExportOptions withZeroSlots(boolean wanted) {
    return new ExportOptions(overwrite, wanted, weightFiles, precision, task, modelName);
  }

  /** The same, with the weights in these files. */
  public ExportOptions withWeightFiles(Set<WeightFile> files) {
    return new ExportOptions(overwrite, zeroSlots, files, precision, task, modelName);
  }

  /** The same, with weights of this precision. */
  public ExportOptions withPrecision(Precision wanted) {
    return new ExportOptions(overwrite, zeroSlots, weightFiles, wanted, task, modelName);
  }

  /** The same, for this task. */
  public ExportOptions withTask(String wanted) {
    return new ExportOptions(
        overwrite, zeroSlots, weightFiles, precision, Optional.of(wanted), modelName);
  }

  /** The same, for a model of this name. */
  public ExportOptions withModelName(String name) {
    return new ExportOptions(overwrite, zeroSlots, weightFiles, precision, task, Optional.of(name));
  }

  /** Refuses a precision that a form of output has no place for. */
  void requirePrecision(String form, Set<Precision> possible) {
    if (!possible.contains(precision)) {
      throw new IllegalArgumentException(
          "Weights of type %s cannot be written as %s, which holds %s"
              .formatted(
                  precision,
                  form,
                  possible.stream()
                      .sorted()
                      .map(Precision::toString)
                      .collect(Collectors.joining(", "))));
    }
  }
}
