package io.github.electra4j.convert;

import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.convert.huggingface.NumberType;
import io.github.electra4j.convert.huggingface.TextFiles;
import io.github.electra4j.convert.huggingface.TokenizerJson;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.FolderKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Folders that HuggingFace's {@code from_pretrained} reads: {@code discriminator} and {@code
 * generator}, each with configuration, weights, vocabulary and tokenizer.
 */
final class HuggingFaceExport {
  private static final Set<String> FILES =
      Set.of(HuggingFacePlace.CONFIG, "model.safetensors", "pytorch_model.bin", "tf_model.h5");

  private static final FolderKind KIND =
      new FolderKind("a pair of HuggingFace's folders", Set.of(), HuggingFaceExport::isOurs);

  private final StreamedCheckpoint checkpoint;
  private final ExportOptions options;
  private final List<String> notes = new ArrayList<>();

  private HuggingFaceExport(StreamedCheckpoint checkpoint, ExportOptions options) {
    this.checkpoint = checkpoint;
    this.options = options;
  }

  /**
   * Writes the folders, complete or not at all.
   *
   * @param folder their place; missing parent folders are made
   * @return what the user should know, in full sentences
   */
  static List<String> write(Checkpoint checkpoint, Path folder, ExportOptions options)
      throws IOException {
    return write(StreamedCheckpoint.of(checkpoint), folder, options);
  }

  /** As {@link #write(Checkpoint, Path, ExportOptions)}, with one tensor at a time in memory. */
  static List<String> write(StreamedCheckpoint checkpoint, Path folder, ExportOptions options)
      throws IOException {
    return new HuggingFaceExport(checkpoint, options).write(folder);
  }

  private static boolean isOurs(String path) {
    String[] steps = path.split("/", -1);
    return steps.length == 2
        && (steps[0].equals(HuggingFacePlace.DISCRIMINATOR)
            || steps[0].equals(HuggingFacePlace.GENERATOR))
        && (FILES.contains(steps[1]) || TextFiles.NAMES.contains(steps[1]));
  }

  private List<String> write(Path folder) throws IOException {
    options.requirePrecision(
        "a HuggingFace folder", Set.of(Precision.FLOAT32, Precision.FLOAT16, Precision.BFLOAT16));
    if (options.weightFiles().contains(WeightFile.KERAS)) {
      options.requirePrecision("tf_model.h5", Set.of(Precision.FLOAT32));
    }
    ElectraConfig config = checkpoint.config();
    Optional<Kind> kind = config.generator().map(GeneratorConfig::kind);
    boolean generator = kind.isPresent() && kind.get() != Kind.TWO_TOWER;
    // a masked language model alone is a generator and nothing else
    boolean discriminator = config.discriminatorHead() || !kind.equals(Optional.of(Kind.SHARED));
    try (AtomicFolder target = AtomicFolder.create(folder, KIND, options.overwrite())) {
      if (discriminator) {
        writeNetwork(
            target.temporary().resolve(HuggingFacePlace.DISCRIMINATOR),
            HuggingFaceConfigJson.writeDiscriminator(config),
            NetworkExport.discriminator(checkpoint));
      }
      if (generator) {
        writeNetwork(
            target.temporary().resolve(HuggingFacePlace.GENERATOR),
            HuggingFaceConfigJson.writeGenerator(config),
            NetworkExport.generator(checkpoint));
      }
      target.commit();
      String written =
          discriminator && generator
              ? "discriminator and generator"
              : discriminator ? "discriminator" : "generator";
      notes.add(0, "Written: %s in %s.".formatted(written, target.target()));
    }
    noteWhatIsLost(kind);
    return notes;
  }

  private void writeNetwork(Path folder, String config, NetworkExport network) throws IOException {
    Files.createDirectory(folder);
    write(folder.resolve(HuggingFacePlace.CONFIG), NumberType.added(config, options.precision()));
    if (options.weightFiles().contains(WeightFile.SAFETENSORS)) {
      network.writeSafetensors(folder.resolve("model.safetensors"), options.precision());
    }
    if (options.weightFiles().contains(WeightFile.PYTORCH)) {
      network.writePyTorch(folder.resolve("pytorch_model.bin"), options.precision());
    }
    if (options.weightFiles().contains(WeightFile.KERAS)) {
      network.writeKeras(folder.resolve("tf_model.h5"));
    }
    if (checkpoint.text().isPresent()) {
      TextFiles.write(folder, checkpoint.text().get(), checkpoint.config().maxPositions());
    }
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private void noteWhatIsLost(Optional<Kind> kind) {
    if (kind.equals(Optional.of(Kind.TWO_TOWER))) {
      notes.add(
          "The generator of two towers is not written; HuggingFace's ELECTRA has no such network.");
    }
    checkpoint
        .heads()
        .forEach(
            head ->
                notes.add(
                    "A head is not written, because HuggingFace's heads have other layers: %s."
                        .formatted(head)));
    if (checkpoint.globalStep().isPresent()) {
      notes.add(
          "The optimizer's state is not written; HuggingFace's folders have no place for it.");
    }
    if (checkpoint.text().isEmpty()) {
      notes.add("There is no vocabulary to write, so that no tokenizer can be loaded.");
    } else if (TokenizerJson.write(checkpoint.text().get()).isEmpty()) {
      notes.add(
          "No tokenizer.json was written, because the vocabulary has a piece twice or lacks [PAD], [UNK], [CLS], [SEP] or [MASK].");
    }
  }
}
