package io.github.electra4j.convert;

import io.github.electra4j.convert.tensorflow.BundleWriter;
import io.github.electra4j.convert.tensorflow.CheckpointState;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.FolderKind;
import io.github.electra4j.model.storage.TensorSupply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A folder from which google-research/electra would go on: the bundle {@code model.ckpt-STEP}, the
 * state file {@code checkpoint}, {@code vocab.txt}, and {@code bert_config.json} with the number of
 * attention heads. Names, order and bytes of the bundle are those that TensorFlow's own saver
 * writes.
 *
 * <pre>{@code
 * TensorFlowExport.write(checkpoint, Path.of("out"), ExportOptions.standard());
 * }</pre>
 */
public final class TensorFlowExport {
  private static final Pattern BUNDLE_FILE =
      Pattern.compile("model\\.ckpt-\\d+\\.(index|meta|data-\\d{5}-of-\\d{5})");
  private static final String VOCABULARY = "vocab.txt";
  private static final String CONFIG = "bert_config.json";

  private static final FolderKind KIND =
      new FolderKind(
          "a TensorFlow checkpoint",
          Set.of(CheckpointState.FILE_NAME),
          name ->
              name.equals(VOCABULARY)
                  || name.equals(CONFIG)
                  || BUNDLE_FILE.matcher(name).matches());

  private final StreamedCheckpoint checkpoint;
  private final ExportOptions options;
  private final List<String> notes = new ArrayList<>();

  private TensorFlowExport(StreamedCheckpoint checkpoint, ExportOptions options) {
    this.checkpoint = checkpoint;
    this.options = options;
  }

  /**
   * Writes the folder, complete or not at all.
   *
   * @param folder its place; missing parent folders are made
   * @return what the user should know, in full sentences
   * @throws java.nio.file.FileAlreadyExistsException if there is a checkpoint and it may not be
   *     replaced, or if the folder holds files that do not belong to one
   */
  public static List<String> write(Checkpoint checkpoint, Path folder, ExportOptions options)
      throws IOException {
    return write(StreamedCheckpoint.of(checkpoint), folder, options);
  }

  /** As {@link #write(Checkpoint, Path, ExportOptions)}, with one tensor at a time in memory. */
  static List<String> write(StreamedCheckpoint checkpoint, Path folder, ExportOptions options)
      throws IOException {
    return new TensorFlowExport(checkpoint, options).write(folder);
  }

  private List<String> write(Path folder) throws IOException {
    Map<String, TensorSupply> tensors = tensors();
    String name = "model.ckpt-" + step().orElse(0);
    try (AtomicFolder target = AtomicFolder.create(folder, KIND, options.overwrite())) {
      try (BundleWriter writer = BundleWriter.create(target.temporary().resolve(name))) {
        for (Map.Entry<String, TensorSupply> each : tensors.entrySet()) {
          each.getValue().with(array -> writer.add(each.getKey(), array));
        }
        writer.finish();
      }
      CheckpointState.ofLatest(name).write(target.temporary());
      if (checkpoint.text().isPresent()) {
        target.write(VOCABULARY, checkpoint.text().get().vocabulary());
      }
      target.write(
          CONFIG, BertConfigJson.write(checkpoint.config()).getBytes(StandardCharsets.UTF_8));
      target.commit();
      notes.add(0, "Written: bundle %s in %s.".formatted(name, target.target()));
    }
    noteWhatIsLost();
    return notes;
  }

  /** Everything that goes into the bundle, in the order of the names, as TensorFlow's saver has. */
  private Map<String, TensorSupply> tensors() {
    Map<String, TensorSupply> tensors = new TreeMap<>(checkpoint.weights());
    tensors.putAll(checkpoint.slots());
    step().ifPresent(step -> tensors.put(TensorPlan.STEP, TensorSupply.of(Nd4j.scalar(step))));
    int without = 0;
    for (TensorSpec spec : checkpoint.layout()) {
      if (!spec.trainable() || tensors.containsKey(OptimizerState.firstMoment(spec.name()))) {
        continue;
      }
      without++;
      if (options.zeroSlots()) {
        TensorSupply zeros =
            TensorSupply.reading(
                DataType.FLOAT, spec.shape(), () -> Nd4j.zeros(DataType.FLOAT, spec.shape()));
        tensors.put(OptimizerState.firstMoment(spec.name()), zeros);
        tensors.put(OptimizerState.secondMoment(spec.name()), zeros);
      }
    }
    noteSlots(without);
    return tensors;
  }

  private OptionalLong step() {
    OptionalLong step = checkpoint.globalStep();
    return step.isEmpty() && options.zeroSlots() ? OptionalLong.of(0) : step;
  }

  private void noteSlots(int without) {
    if (without > 0 && options.zeroSlots()) {
      notes.add("%d weight(s) without optimizer slots got slots of zeros.".formatted(without));
    } else if (without > 0) {
      notes.add(
          "%d weight(s) have no optimizer slots. The original fine-tunes from this checkpoint, but resumes pre-training only from one with slots for every weight: write slots of zeros for that."
              .formatted(without));
    }
  }

  private void noteWhatIsLost() {
    Optional<TextSettings> text = checkpoint.text();
    if (text.isEmpty()) {
      notes.add("There is no vocabulary to write; the original wants a vocab.txt.");
    } else if (!text.get().lowerCase() || text.get().stripAccents().isPresent()) {
      notes.add(
          "The checkpoint cannot say that its text has lowerCase=%s and stripAccents=%s; say it to whoever reads it."
              .formatted(
                  text.get().lowerCase(),
                  text.get().stripAccents().map(Object::toString).orElse("as lowerCase")));
    }
    checkpoint
        .heads()
        .forEach(
            head ->
                notes.add("The bundle has no place for the labels of a head: %s.".formatted(head)));
    checkpoint
        .config()
        .generator()
        .filter(generator -> generator.kind() != GeneratorConfig.Kind.SHARED)
        .filter(generator -> generator.encoder().attentionHeads() != usualHeads(generator))
        .ifPresent(
            generator ->
                notes.add(
                    "The bundle has no place for the generator's %d attention heads; the original would take %d."
                        .formatted(generator.encoder().attentionHeads(), usualHeads(generator))));
  }

  private static int usualHeads(GeneratorConfig generator) {
    return EncoderInference.usualHeads(generator.encoder().hiddenSize());
  }
}
