package io.github.electra4j.convert;

import io.github.electra4j.convert.onnx.OnnxExport;
import io.github.electra4j.convert.onnx.OnnxOptions;
import io.github.electra4j.convert.samediff.SameDiffExport;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A checkpoint on its way from one form to another, with a report of every tensor.
 *
 * <pre>{@code
 * ConversionReport report =
 *     Conversion.from(Path.of("electra_small.zip"))
 *         .options(ImportOptions.standard())
 *         .to(Path.of("models/small"), Conversion.Target.NATIVE, ExportOptions.standard());
 * }</pre>
 *
 * @param source a TensorFlow checkpoint (folder, prefix or archive), a folder of HuggingFace's (or
 *     its weight file, or a folder with {@code discriminator} and {@code generator}), a SameDiff
 *     file, or a folder of this project
 * @param options how a foreign checkpoint is taken over
 */
public record Conversion(Path source, ImportOptions options) {

  /** The form to convert to. */
  public enum Target {
    /** A folder of this project: {@code config.json}, {@code model.safetensors}, vocabulary. */
    NATIVE {
      @Override
      List<String> stream(StreamedCheckpoint checkpoint, Path folder, ExportOptions options)
          throws IOException {
        options.requirePrecision("a folder of this project", Set.of(Precision.FLOAT32));
        checkpoint.write(folder, options.overwrite());
        return List.of("Written: %s.".formatted(folder.toAbsolutePath().normalize()));
      }
    },
    /** A folder that google-research/electra would read. */
    TENSORFLOW {
      @Override
      List<String> stream(StreamedCheckpoint checkpoint, Path folder, ExportOptions options)
          throws IOException {
        options.requirePrecision("a TensorFlow checkpoint", Set.of(Precision.FLOAT32));
        return TensorFlowExport.write(checkpoint, folder, options);
      }
    },
    /** A folder per network that HuggingFace's {@code from_pretrained} reads. */
    HUGGINGFACE {
      @Override
      List<String> stream(StreamedCheckpoint checkpoint, Path folder, ExportOptions options)
          throws IOException {
        return HuggingFaceExport.write(checkpoint, folder, options);
      }

      @Override
      ConversionReport report(
          ConversionReport imported, StreamedCheckpoint checkpoint, ExportOptions options) {
        return HuggingFaceExport.names(checkpoint, options).applied(imported);
      }
    },
    /** A folder with one task of the checkpoint as {@code model.onnx}. */
    ONNX {
      @Override
      List<String> write(Checkpoint checkpoint, Path folder, ExportOptions options)
          throws IOException {
        return OnnxExport.write(checkpoint, folder, onnx(options));
      }

      @Override
      ConversionReport report(
          ConversionReport imported, Checkpoint checkpoint, ExportOptions options) {
        TargetNames names =
            new TargetNames("a model for inference", "the task does not compute with it");
        String remark = TargetNames.remark(options.precision());
        OnnxExport.weights(checkpoint, onnx(options))
            .forEach(
                name ->
                    names.add(name, new TargetNames.Place(OnnxExport.MODEL, name, false, remark)));
        return names.applied(imported);
      }

      private static OnnxOptions onnx(ExportOptions options) {
        return new OnnxOptions(
            options.task(), options.precision(), options.modelName(), options.overwrite());
      }
    },
    /** A folder with the whole checkpoint as a graph of SameDiff's, {@code model.fb}. */
    SAMEDIFF {
      @Override
      List<String> write(Checkpoint checkpoint, Path folder, ExportOptions options)
          throws IOException {
        options.requirePrecision("a SameDiff file", Set.of(Precision.FLOAT32));
        return SameDiffExport.write(checkpoint, folder, options.overwrite());
      }

      @Override
      ConversionReport report(
          ConversionReport imported, Checkpoint checkpoint, ExportOptions options) {
        TargetNames names = new TargetNames("a SameDiff file", "it is no weight");
        checkpoint
            .weights()
            .names()
            .forEach(
                name ->
                    names.add(name, new TargetNames.Place(SameDiffExport.MODEL, name, false, "")));
        return names.applied(imported);
      }
    };

    /** Takes one tensor at a time; forms that cannot are left to {@link #write}. */
    List<String> stream(StreamedCheckpoint checkpoint, Path folder, ExportOptions options)
        throws IOException {
      throw new AssertionError(this + " needs the whole checkpoint");
    }

    /** Takes the checkpoint as a whole. */
    List<String> write(Checkpoint checkpoint, Path folder, ExportOptions options)
        throws IOException {
      return stream(StreamedCheckpoint.of(checkpoint), folder, options);
    }

    /** An import's report with what becomes of every tensor here; forms that stream. */
    ConversionReport report(
        ConversionReport imported, StreamedCheckpoint checkpoint, ExportOptions options) {
      return imported; // the form has all names of the checkpoint, and a place for all
    }

    /** The same for forms that take the checkpoint as a whole. */
    ConversionReport report(
        ConversionReport imported, Checkpoint checkpoint, ExportOptions options) {
      return report(imported, StreamedCheckpoint.of(checkpoint), options);
    }

    private boolean streams() {
      return this != ONNX && this != SAMEDIFF;
    }
  }

  /** Checks that nothing is null. */
  public Conversion {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(options, "options");
  }

  /** A conversion of what is at {@code source}, with {@link ImportOptions#standard}. */
  public static Conversion from(Path source) {
    return new Conversion(source, ImportOptions.standard());
  }

  /** The same conversion with other options. */
  public Conversion options(ImportOptions other) {
    return new Conversion(source, other);
  }

  /** Whether the source is a folder of this project, which says everything about itself. */
  public boolean isNative() throws IOException {
    return NativeFolder.isOne(source);
  }

  /**
   * Reads the source.
   *
   * @throws MalformedFileException if it is damaged, no ELECTRA checkpoint, or has tensors that
   *     have no place in one
   * @throws IllegalArgumentException if the source is a folder of this project and other options
   *     than {@link ImportOptions#withOptimizer} are set, which it has no use for
   */
  public ImportedModel read() throws IOException {
    if (NativeFolder.isOne(source)) {
      return readNative();
    }
    if (SameDiffImport.isOne(source)) {
      return SameDiffImport.read(source, options);
    }
    if (HuggingFacePlace.isOne(source, options.place())) {
      return HuggingFaceImport.read(source, options);
    }
    HuggingFacePlace.requireConfig(source);
    return TensorFlowImport.read(source, options);
  }

  /**
   * Reads the source and writes the target, complete or not at all. What the tensors are is found
   * out from names, types and shapes; for all targets but ONNX and SameDiff, and all sources but
   * SameDiff, their numbers then pass one tensor after another, so that the model is never whole in
   * memory.
   *
   * @param folder the target; missing parent folders are made
   * @throws java.nio.file.FileAlreadyExistsException if the target exists and may not be replaced
   * @throws IOException as {@link #read}
   */
  public ConversionReport to(Path folder, Target target, ExportOptions export) throws IOException {
    if (!target.streams()) {
      ImportedModel result = read();
      List<String> notes = target.write(result.checkpoint(), folder, export);
      return target.report(result.report(), result.checkpoint(), export).withNotes(notes);
    }
    try (OpenConversion open = open()) {
      List<String> notes = target.stream(open.checkpoint(), folder, export);
      return target.report(open.report(), open.checkpoint(), export).withNotes(notes);
    }
  }

  /** The source, its tensors sorted and its numbers still in the files where that is possible. */
  OpenConversion open() throws IOException {
    if (NativeFolder.isOne(source)) {
      requireNoForeignOptions();
      StreamedCheckpoint checkpoint = StreamedCheckpoint.open(source, options.withOptimizer());
      return new OpenConversion(checkpoint, reportNative(checkpoint), () -> {});
    }
    if (SameDiffImport.isOne(source)) {
      ImportedModel result = SameDiffImport.read(source, options);
      return new OpenConversion(
          StreamedCheckpoint.of(result.checkpoint()), result.report(), () -> {});
    }
    if (HuggingFacePlace.isOne(source, options.place())) {
      return HuggingFaceImport.openSorted(source, options);
    }
    HuggingFacePlace.requireConfig(source);
    return TensorFlowImport.open(source, options);
  }

  private ImportedModel readNative() throws IOException {
    requireNoForeignOptions();
    Checkpoint checkpoint =
        options.withOptimizer() ? Checkpoint.read(source) : Checkpoint.readWithoutOptimizer(source);
    return new ImportedModel(checkpoint, reportNative(StreamedCheckpoint.of(checkpoint)));
  }

  private void requireNoForeignOptions() {
    // what is usual for a task is no wish of the user's
    ImportOptions asked = options.withHeads(options.heads().withUsual(List.of()));
    if (!asked.equals(ImportOptions.standard().withOptimizer(options.withOptimizer()))) {
      throw new IllegalArgumentException(
          "%s is a folder of this project, which says everything itself; leave out the options for foreign checkpoints"
              .formatted(source));
    }
  }

  private ConversionReport reportNative(StreamedCheckpoint checkpoint) {
    Map<String, ConversionReport.Tensor> rows = new TreeMap<>();
    checkpoint
        .weights()
        .forEach((n, tensor) -> rows.put(n, row(n, tensor.type().name(), tensor.shape(), false)));
    checkpoint
        .slots()
        .forEach((n, tensor) -> rows.put(n, row(n, tensor.type().name(), tensor.shape(), true)));
    return new ConversionReport(
        source.toString(),
        checkpoint.config(),
        checkpoint.heads(),
        List.of("as " + source.resolve("config.json") + " says"),
        List.copyOf(rows.values()),
        List.of());
  }

  private static ConversionReport.Tensor row(
      String name, String type, long[] shape, boolean optimizer) {
    ConversionReport.Fate fate =
        optimizer ? ConversionReport.Fate.OPTIMIZER : ConversionReport.Fate.KEPT;
    return new ConversionReport.Tensor(name, type, shape, fate, "");
  }
}
