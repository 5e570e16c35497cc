package io.github.electra4j.convert;

import io.github.electra4j.convert.tensorflow.BundleReader;
import io.github.electra4j.convert.tensorflow.TensorEntry;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.TensorSupply;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A TensorFlow checkpoint of google-research/electra, taken over with its names and numbers: {@code
 * FLOAT} bit for bit, {@code DOUBLE} rounded and {@code HALF} or {@code BFLOAT16} widened to it.
 *
 * <pre>{@code
 * ImportedModel result =
 *     TensorFlowImport.read(Path.of("electra_small.zip"), ImportOptions.standard());
 * result.checkpoint().write(Path.of("models/small"), false);
 * System.err.print(result.report().toText());
 * }</pre>
 */
public final class TensorFlowImport {
  private final CheckpointSource source;
  private final BundleReader reader;
  private final ImportOptions options;
  private final List<String> notes = new ArrayList<>();
  private TensorPlan plan;

  private TensorFlowImport(CheckpointSource source, BundleReader reader, ImportOptions options) {
    this.source = source;
    this.reader = reader;
    this.options = options;
  }

  /**
   * Reads a checkpoint from a folder, the prefix of a bundle, or an archive.
   *
   * @throws MalformedFileException if a file is damaged, if the tensors are not those of an ELECTRA
   *     model, if some of them have no place in it (all are listed), or if the vocabulary does not
   *     belong to the model
   * @throws IOException if something is missing or unreadable
   */
  public static ImportedModel read(Path location, ImportOptions options) throws IOException {
    try (CheckpointSource source = CheckpointSource.open(location, options.place());
        BundleReader reader = BundleReader.open(source.prefix())) {
      return new TensorFlowImport(source, reader, options).read();
    }
  }

  /**
   * Opens a checkpoint as {@link #read} reads it, and sorts its tensors; their numbers stay where
   * they are until each is asked for.
   */
  static OpenConversion open(Path location, ImportOptions options) throws IOException {
    CheckpointSource source = CheckpointSource.open(location, options.place());
    try {
      BundleReader reader = BundleReader.open(source.prefix());
      Closeable files =
          () -> {
            try (source) {
              reader.close();
            }
          };
      try {
        return new TensorFlowImport(source, reader, options).sorted(files);
      } catch (IOException | RuntimeException e) {
        try (reader) {
          throw e;
        }
      }
    } catch (IOException | RuntimeException e) {
      try (source) {
        throw e;
      }
    }
  }

  private ImportedModel read() throws IOException {
    OpenConversion sorted = sorted(reader);
    StreamedCheckpoint streamed = sorted.checkpoint();
    WeightMap weights = WeightMap.of(streamed.layout(), arrays(plan.weights()), source.name());
    Optional<OptimizerState> optimizer = Optional.empty();
    if (streamed.globalStep().isPresent()) {
      optimizer =
          Optional.of(new OptimizerState(streamed.globalStep().getAsLong(), arrays(plan.slots())));
    }
    return new ImportedModel(
        new Checkpoint(streamed.config(), streamed.heads(), weights, streamed.text(), optimizer),
        sorted.report());
  }

  private OpenConversion sorted(Closeable files) throws IOException {
    plan = TensorPlan.of(source.name(), reader.index().tensors().values(), options);
    Architecture architecture = ArchitectureInference.infer(source.name(), plan.shapes(), hints());
    List<TaskHead> heads =
        TaskHeads.of(source.name(), architecture.heads(), List.of(), options.heads(), notes);
    List<TensorSpec> layout = Checkpoint.layout(architecture.config(), heads);
    plan.settle(layout);
    Optional<TextSettings> text =
        new VocabularyFile(options, notes)
            .read(source.vocabulary(), architecture.config().vocabSize());
    OptionalLong step = optimizerStep(layout.size());
    StreamedCheckpoint checkpoint =
        new StreamedCheckpoint(
            architecture.config(),
            heads,
            supplies(plan.weights()),
            text,
            step,
            supplies(plan.slots()));
    return new OpenConversion(
        checkpoint,
        new ConversionReport(
            source.name(),
            architecture.config(),
            heads,
            architecture.reasons(),
            plan.rows(),
            notes),
        files);
  }

  private Map<String, TensorSupply> supplies(Map<String, TensorEntry> entries) {
    Map<String, TensorSupply> supplies = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) ->
            supplies.put(
                name,
                TensorSupply.reading(
                    DataType.FLOAT,
                    entry.shape(),
                    () -> OwnArrays.single(reader.read(entry.name())))));
    return supplies;
  }

  private ArchitectureHints hints() throws IOException {
    if (options.hints().reference().isPresent() || source.config().isEmpty()) {
      return options.hints();
    }
    Path config = source.config().get();
    notes.add("Attention heads and dropout as in %s.".formatted(config.getFileName()));
    return options.hints().withReference(ReferenceFile.read(config));
  }

  private Map<String, INDArray> arrays(Map<String, TensorEntry> entries) throws IOException {
    Map<String, INDArray> read =
        reader.readAll(entries.values().stream().map(TensorEntry::name).toList());
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> arrays.put(name, read.get(entry.name()).castTo(DataType.FLOAT)));
    return arrays;
  }

  /** The step at which training stands; empty if there is no state of the optimizer to keep. */
  private OptionalLong optimizerStep(int weights) throws IOException {
    if (!options.withOptimizer()) {
      return OptionalLong.empty();
    }
    if (plan.step().isEmpty() && plan.slots().isEmpty()) {
      notes.add(
          "The checkpoint has neither optimizer slots nor global_step, as published ones; training starts at step 0.");
      return OptionalLong.empty();
    }
    long step = 0;
    if (plan.step().isPresent()) {
      step = globalStep(source.name(), reader, plan.step().get());
    } else {
      notes.add("The checkpoint has no global_step; 0 was taken.");
    }
    requirePairs(plan.slots());
    int without = weights - plan.slots().size() / 2;
    if (without > 0) {
      notes.add(
          "%d of %d weights have no optimizer slots; their moments start at 0."
              .formatted(without, weights));
    }
    return OptionalLong.of(step);
  }

  /** The number of updates made, a whole number of at least 0. */
  static long globalStep(String source, BundleReader reader, TensorEntry entry) throws IOException {
    boolean whole =
        switch (entry.type()) {
          case INT64, INT32 -> true;
          default -> false;
        };
    if (!whole || entry.length() != 1) {
      throw MalformedFileException.in(
          source,
          "global_step is %s of %d element(s); a single INT64 was expected."
              .formatted(entry.type(), entry.length()));
    }
    long step = reader.read(entry.name()).getLong(0);
    if (step < 0) {
      throw MalformedFileException.in(
          source, "global_step is %d; it must be at least 0.".formatted(step));
    }
    return step;
  }

  private void requirePairs(Map<String, TensorEntry> slots) throws MalformedFileException {
    List<String> alone = new ArrayList<>();
    for (String name : slots.keySet()) {
      String owner = name.substring(0, name.lastIndexOf('/'));
      boolean pair =
          slots.containsKey(OptimizerState.firstMoment(owner))
              && slots.containsKey(OptimizerState.secondMoment(owner));
      if (!pair) {
        alone.add(name);
      }
    }
    if (!alone.isEmpty()) {
      throw MalformedFileException.in(
          source.name(),
          "these optimizer slots have no partner: %s. Import without the optimizer, or fetch the checkpoint again."
              .formatted(String.join(", ", alone)));
    }
  }
}
