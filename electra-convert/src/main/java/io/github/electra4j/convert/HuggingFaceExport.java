package io.github.electra4j.convert;

import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.convert.huggingface.HeadConfigJson;
import io.github.electra4j.convert.huggingface.NumberType;
import io.github.electra4j.convert.huggingface.TextFiles;
import io.github.electra4j.convert.huggingface.TokenizerJson;
import io.github.electra4j.convert.onnx.OnnxExport;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.FolderKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Folders that HuggingFace's {@code from_pretrained} reads: {@code discriminator}, {@code
 * generator} and one for every fine-tuned head, named after its task, each with configuration,
 * weights, vocabulary and tokenizer.
 */
final class HuggingFaceExport {
  private static final Set<String> NETWORKS =
      Set.of(HuggingFacePlace.DISCRIMINATOR, HuggingFacePlace.GENERATOR);

  private static final Set<String> FILES =
      Set.of(HuggingFacePlace.CONFIG, "model.safetensors", "pytorch_model.bin", "tf_model.h5");

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

  /**
   * An older export: the folders of the networks, whether or not they are written again, and of the
   * heads that are. A folder of any other name is somebody's model.
   */
  private static FolderKind kind(Set<String> networks) {
    return new FolderKind(
        "an older export of " + String.join(" and ", networks),
        Set.of(),
        path -> {
          String[] steps = path.split("/", -1);
          return steps.length == 2
              && (networks.contains(steps[0]) || NETWORKS.contains(steps[0]))
              && (FILES.contains(steps[1]) || TextFiles.NAMES.contains(steps[1]));
        });
  }

  /** A model of this project has files of the same names, but is no export. */
  private static void requireNoModelOfOurs(Path folder, Set<String> networks) throws IOException {
    Set<String> names = new TreeSet<>(NETWORKS);
    names.addAll(networks);
    for (String name : names) {
      Path config = folder.resolve(name).resolve(HuggingFacePlace.CONFIG);
      if (Files.isRegularFile(config) && ReferenceFile.parse(config).has("electra4j")) {
        throw new FileAlreadyExistsException(
            folder.toString(),
            null,
            "the folder holds %s, a model of this project and no export; it will not be replaced. Choose another folder."
                .formatted(name));
      }
    }
  }

  /** Where every weight will be. */
  static TargetNames names(StreamedCheckpoint checkpoint, ExportOptions options) {
    TargetNames names =
        new TargetNames(
            "a folder of HuggingFace's",
            options
                .task()
                .map("it is no part of the task %s"::formatted)
                .orElse("none of the networks that are written has it"));
    new HuggingFaceExport(checkpoint, options)
        .networks()
        .forEach((folder, network) -> network.weights().tell(folder, options, names));
    return names;
  }

  private List<String> write(Path folder) throws IOException {
    options.requirePrecision(
        "a HuggingFace folder", Set.of(Precision.FLOAT32, Precision.FLOAT16, Precision.BFLOAT16));
    if (options.weightFiles().contains(WeightFile.KERAS)) {
      options.requirePrecision("tf_model.h5", Set.of(Precision.FLOAT32));
    }
    Map<String, Network> networks = networks();
    requireNoModelOfOurs(folder, networks.keySet());
    FolderKind kind = kind(networks.keySet());
    try (AtomicFolder target = AtomicFolder.create(folder, kind, options.overwrite())) {
      for (Map.Entry<String, Network> each : networks.entrySet()) {
        writeNetwork(target.temporary().resolve(each.getKey()), each.getValue());
      }
      target.commit();
      notes.add(
          0,
          "Written: %s in %s.".formatted(String.join(" and ", networks.keySet()), target.target()));
    }
    noteWhatIsLost();
    return notes;
  }

  /** What becomes a folder. */
  private record Network(String config, NetworkExport weights) {}

  /** The networks to be written, by the names of their folders. */
  private Map<String, Network> networks() {
    Map<String, Network> networks = new LinkedHashMap<>();
    ElectraConfig config = checkpoint.config();
    if (options.task().isPresent()) {
      String task = options.task().get();
      if (task.equals(OnnxExport.FEATURES)) {
        networks.put(HuggingFacePlace.DISCRIMINATOR, encoder(false));
      } else {
        networks.put(task, fineTuned(head(task)));
      }
      return networks;
    }
    Optional<Kind> kind = config.generator().map(GeneratorConfig::kind);
    boolean generator = kind.isPresent() && kind.get() != Kind.TWO_TOWER;
    // a masked language model alone is a generator and nothing else
    boolean lone = kind.equals(Optional.of(Kind.SHARED));
    if (config.discriminatorHead() || (!lone && checkpoint.heads().isEmpty())) {
      networks.put(HuggingFacePlace.DISCRIMINATOR, encoder(config.discriminatorHead()));
    }
    if (generator) {
      networks.put(
          HuggingFacePlace.GENERATOR,
          new Network(
              HuggingFaceConfigJson.writeGenerator(config), NetworkExport.generator(checkpoint)));
    }
    for (TaskHead head : checkpoint.heads()) {
      if (networks.put(head.task(), fineTuned(head)) != null) {
        throw new IllegalArgumentException(
            "The task %s is called like a network, and both would be written to a folder of that name; export one of them with a task"
                .formatted(head.task()));
      }
    }
    return networks;
  }

  private Network encoder(boolean head) {
    return new Network(
        HuggingFaceConfigJson.writeDiscriminator(checkpoint.config().withDiscriminatorHead(head)),
        NetworkExport.discriminator(checkpoint, head));
  }

  private Network fineTuned(TaskHead head) {
    return new Network(
        HeadConfigJson.write(checkpoint.config(), head), NetworkExport.fineTuned(checkpoint, head));
  }

  private TaskHead head(String task) {
    return checkpoint.heads().stream()
        .filter(head -> head.task().equals(task))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A HuggingFace folder for the task %s cannot be written; this checkpoint has %s"
                        .formatted(
                            task,
                            Stream.concat(
                                    Stream.of(OnnxExport.FEATURES),
                                    checkpoint.heads().stream().map(TaskHead::task))
                                .toList())));
  }

  private void writeNetwork(Path folder, Network network) throws IOException {
    Files.createDirectory(folder);
    write(
        folder.resolve(HuggingFacePlace.CONFIG),
        NumberType.added(network.config(), options.precision()));
    NetworkExport weights = network.weights();
    if (options.weightFiles().contains(WeightFile.SAFETENSORS)) {
      weights.writeSafetensors(folder.resolve("model.safetensors"), options.precision());
    }
    if (options.weightFiles().contains(WeightFile.PYTORCH)) {
      weights.writePyTorch(folder.resolve("pytorch_model.bin"), options.precision());
    }
    if (options.weightFiles().contains(WeightFile.KERAS)) {
      weights.writeKeras(folder.resolve("tf_model.h5"));
    }
    if (checkpoint.text().isPresent()) {
      TextFiles.write(folder, checkpoint.text().get(), checkpoint.config().maxPositions());
    }
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private void noteWhatIsLost() {
    Optional<Kind> kind = checkpoint.config().generator().map(GeneratorConfig::kind);
    if (kind.equals(Optional.of(Kind.TWO_TOWER))) {
      notes.add(
          "The generator of two towers is not written; HuggingFace's ELECTRA has no such network.");
    }
    if (checkpoint.config().vocabularyHead().isPresent()) {
      notes.add(
          "The encoder's own head over the vocabulary, encoder_predictions/, is not written; HuggingFace's ELECTRA has none beside a generator.");
    }
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
