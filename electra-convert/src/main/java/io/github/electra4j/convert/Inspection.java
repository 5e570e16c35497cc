package io.github.electra4j.convert;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is in a checkpoint, read from its tables without its numbers: for people who want to know
 * before they convert.
 *
 * @param source the checkpoint as the user knows it
 * @param format in which form it is kept
 * @param tensors every tensor, in the order of the names
 * @param architecture the model that the tensors belong to; empty if they are not ELECTRA's
 * @param globalStep optimizer updates made, if the checkpoint says so and has its data
 * @param problems what is missing or does not fit, in full sentences; empty if all is well
 */
public record Inspection(
    String source,
    Format format,
    List<Tensor> tensors,
    Optional<Architecture> architecture,
    OptionalLong globalStep,
    List<String> problems) {

  /** The form in which a checkpoint is kept. */
  public enum Format {
    /** A folder of this project: {@code config.json} and {@code model.safetensors}. */
    NATIVE,
    /** A folder of HuggingFace's, or two. */
    HUGGINGFACE,
    /** A lone safetensors file. */
    SAFETENSORS,
    /** A SameDiff file, or a folder with one. */
    SAMEDIFF,
    /** A TensorFlow bundle, perhaps in an archive. */
    TENSORFLOW
  }

  /**
   * One tensor.
   *
   * @param name its name
   * @param type its element type in the file, e.g. {@code FLOAT} or {@code F32}
   * @param shape lengths of its axes
   */
  public record Tensor(String name, String type, long[] shape) {
    /** Copies the shape. */
    public Tensor {
      shape = shape.clone();
    }

    /** The lengths of the axes; a fresh array. */
    @Override
    public long[] shape() {
      return shape.clone();
    }

    /** The number of its elements; 1 for a scalar. */
    public long parameters() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Whether it is a moment of the optimizer. */
    public boolean isSlot() {
      return name.endsWith("/adam_m") || name.endsWith("/adam_v");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tensor tensor
          && name.equals(tensor.name)
          && type.equals(tensor.type)
          && Arrays.equals(shape, tensor.shape);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, type, Arrays.hashCode(shape));
    }

    /** E.g. {@code electra/embeddings_project/kernel FLOAT [128, 256]}. */
    @Override
    public String toString() {
      return "%s %s %s".formatted(name, type, Arrays.toString(shape));
    }
  }

  /** Copies the lists. */
  public Inspection {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(format, "format");
    tensors = List.copyOf(tensors);
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(globalStep, "globalStep");
    problems = List.copyOf(problems);
  }

  /** {@link #of(Path, SourceOptions, ArchitectureHints)} with nothing but the place known. */
  public static Inspection of(Path location) throws IOException {
    return of(location, SourceOptions.none(), ArchitectureHints.none());
  }

  /**
   * Looks into a folder of this project, a SameDiff file, a folder of HuggingFace's, a safetensors
   * file, or a TensorFlow checkpoint as {@link CheckpointSource} finds it. Data files of a bundle
   * may be missing; that is one of the problems then.
   *
   * @throws MalformedFileException if a table is damaged
   * @throws IOException if there is no checkpoint
   */
  public static Inspection of(Path location, SourceOptions place, ArchitectureHints hints)
      throws IOException {
    if (NativeFolder.isOne(location)) {
      return NativeFolder.inspect(location);
    }
    if (SameDiffImport.isOne(location)) {
      return SameDiffImport.inspect(location, hints);
    }
    if (HuggingFacePlace.isOne(location, place)) {
      return HuggingFaceInspection.of(location, place, hints);
    }
    if (location.getFileName() != null
        && location.getFileName().toString().endsWith(".safetensors")) {
      return TensorTable.ofSafetensors(location).inspect(Format.SAFETENSORS, hints);
    }
    HuggingFacePlace.requireConfig(location);
    return BundleInspection.of(location, place, hints);
  }

  /** The number of weights' elements, without optimizer slots and step. */
  public long parameters() {
    return tensors.stream()
        .filter(tensor -> !tensor.isSlot() && !tensor.name().equals(TensorPlan.STEP))
        .mapToLong(Tensor::parameters)
        .sum();
  }

  /** The number of optimizer slots. */
  public int slots() {
    return (int) tensors.stream().filter(Tensor::isSlot).count();
  }

  /** The inspection for people: architecture and why, parameters by network, tensors, problems. */
  public String toText() {
    return InspectionText.of(this);
  }

  /** The inspection for programs, one JSON object. */
  public String toJson() {
    return ReportJson.write(this);
  }
}
