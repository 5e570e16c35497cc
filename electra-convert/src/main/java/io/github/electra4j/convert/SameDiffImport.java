package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.TextFiles;
import io.github.electra4j.convert.samediff.SameDiffExport;
import io.github.electra4j.convert.samediff.SameDiffFile;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.json.TokenizerConfig;
import io.github.electra4j.model.json.TokenizerConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a SameDiff file whose variables have the original's names. The architecture is
 * that of the configuration beside it, or else the one that the shapes have.
 */
final class SameDiffImport {
  private static final String ENDING = ".fb";

  private final Path file;
  private final ImportOptions options;
  private final List<ConversionReport.Tensor> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private SameDiffImport(Path file, ImportOptions options) {
    this.file = file;
    this.options = options;
  }

  /** Whether there is such a file, or a folder with one. */
  static boolean isOne(Path location) {
    return Files.isRegularFile(location)
        ? location.getFileName().toString().endsWith(ENDING)
        : Files.isRegularFile(location.resolve(SameDiffExport.MODEL));
  }

  /**
   * Reads the weights.
   *
   * @throws MalformedFileException if the file is damaged, or its variables are not those of an
   *     ELECTRA model
   */
  static ImportedModel read(Path location, ImportOptions options) throws IOException {
    Path file = file(location);
    try (SameDiffFile source = SameDiffFile.open(file)) {
      return new SameDiffImport(file, options).read(source);
    }
  }

  /**
   * Looks into a file; its numbers are not read.
   *
   * @throws MalformedFileException if the file or the configuration beside it is damaged
   */
  static Inspection inspect(Path location, ArchitectureHints hints) throws IOException {
    Path file = file(location);
    TensorTable table = new TensorTable(file.toString());
    try (SameDiffFile source = SameDiffFile.open(file)) {
      source
          .tensors()
          .values()
          .forEach(tensor -> table.add(tensor.name(), tensor.type().name(), tensor.shape()));
    }
    Optional<NativeConfig> described = described(file);
    if (described.isEmpty()) {
      return table.inspect(Inspection.Format.SAMEDIFF, hints);
    }
    List<TaskHead> heads = described.get().heads();
    return table.inspect(
        Inspection.Format.SAMEDIFF,
        new Architecture(described.get().config(), heads, reasons(file)),
        heads);
  }

  private static Path file(Path location) {
    return Files.isRegularFile(location) ? location : location.resolve(SameDiffExport.MODEL);
  }

  private static List<String> reasons(Path file) {
    return List.of("as " + file.resolveSibling(SameDiffExport.CONFIG) + " says");
  }

  private ImportedModel read(SameDiffFile source) throws IOException {
    Map<String, long[]> shapes = shapes(source);
    Optional<NativeConfig> described = described(file);
    ElectraConfig config;
    List<TaskHead> heads;
    List<String> reasons;
    if (described.isPresent()) {
      config = described.get().config();
      heads = described.get().heads();
      reasons = reasons(file);
    } else {
      Architecture found = ArchitectureInference.infer(source.name(), shapes, options.hints());
      config = found.config();
      heads = TaskHeads.of(source.name(), found.heads(), List.of(), options.heads(), notes);
      reasons = found.reasons();
    }
    List<TensorSpec> layout = Checkpoint.layout(config, heads);
    requireFit(LayoutFit.problems(layout, shapes));
    WeightMap weights = WeightMap.of(layout, arrays(source, shapes), source.name());
    Optional<TextSettings> text = text(config.vocabSize());
    if (options.withOptimizer()) {
      notes.add("A SameDiff file holds no optimizer state here; training starts at step 0.");
    }
    return new ImportedModel(
        new Checkpoint(config, heads, weights, text, Optional.empty()),
        new ConversionReport(source.name(), config, heads, reasons, rows, notes));
  }

  private Map<String, long[]> shapes(SameDiffFile source) {
    NamePatterns ignored = new NamePatterns(options.ignore());
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (StoredTensor tensor : source.tensors().values()) {
      Optional<String> pattern = ignored.matching(tensor.name());
      if (pattern.isEmpty()) {
        shapes.put(tensor.name(), tensor.shape());
      }
      rows.add(
          new ConversionReport.Tensor(
              tensor.name(),
              tensor.type().name(),
              tensor.shape(),
              pattern.isPresent() ? ConversionReport.Fate.IGNORED : ConversionReport.Fate.KEPT,
              pattern
                  .map(each -> "as asked by \"%s\"".formatted(each))
                  .orElse(remark(tensor.type()))));
    }
    return shapes;
  }

  private static String remark(DataType type) {
    return switch (type) {
      case DOUBLE -> "rounded to FLOAT";
      case HALF, BFLOAT16 -> "widened to FLOAT";
      default -> "";
    };
  }

  private static Optional<NativeConfig> described(Path file) throws IOException {
    Path beside = file.resolveSibling(SameDiffExport.CONFIG);
    if (!Files.isRegularFile(beside)) {
      return Optional.empty();
    }
    JsonFields fields = ReferenceFile.parse(beside);
    return fields.has("electra4j") ? Optional.of(NativeConfigJson.read(fields)) : Optional.empty();
  }

  private void requireFit(List<String> problems) throws MalformedFileException {
    if (!problems.isEmpty()) {
      throw MalformedFileException.saying(
          file,
          "%s does not fit its architecture, %d problem(s):\n  %s\nThe file is of another model; give the right one, or leave variables out with --ignore."
              .formatted(file, problems.size(), String.join("\n  ", problems)));
    }
  }

  private static Map<String, INDArray> arrays(SameDiffFile source, Map<String, long[]> shapes)
      throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (String name : shapes.keySet()) {
      INDArray array = source.read(name);
      boolean floating = array.dataType().isFPType() && array.dataType() != DataType.FLOAT;
      arrays.put(name, floating ? array.castTo(DataType.FLOAT) : array);
    }
    return arrays;
  }

  private Optional<TextSettings> text(int rows) throws IOException {
    Path vocabulary = file.resolveSibling(TextFiles.VOCABULARY);
    Path settings = file.resolveSibling(TextFiles.CONFIG);
    Optional<Path> found =
        options.place().vocabulary().or(() -> Optional.of(vocabulary).filter(Files::isRegularFile));
    if (!Files.isRegularFile(settings)) {
      return new VocabularyFile(options, notes).read(found, rows);
    }
    TokenizerConfig known = TokenizerConfigJson.read(ReferenceFile.parse(settings));
    ImportOptions settled =
        options.withCase(
            options.lowerCase() && known.lowerCase(),
            options.stripAccents().or(known::stripAccents));
    String remark = "as %s says".formatted(TextFiles.CONFIG);
    return new VocabularyFile(settled, notes, remark).read(found, rows);
  }
}
