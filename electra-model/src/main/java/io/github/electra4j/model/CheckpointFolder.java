package io.github.electra4j.model;

import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.json.TokenizerConfig;
import io.github.electra4j.model.json.TokenizerConfigJson;
import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.FolderKind;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.model.storage.TensorSupply;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The native checkpoint on disk: which file holds what. */
final class CheckpointFolder {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String VOCABULARY = "vocab.txt";
  private static final String TOKENIZER = "tokenizer_config.json";
  private static final String OPTIMIZER = "optimizer.safetensors";

  static final FolderKind KIND =
      new FolderKind(
          "a checkpoint",
          Set.of(CONFIG, WEIGHTS),
          Set.of(VOCABULARY, TOKENIZER, OPTIMIZER)::contains);

  private static final String FORMAT_KEY = "format";
  private static final String FORMAT = "electra4j";
  private static final String STEP_KEY = "global_step";

  private final Path folder;

  CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  Checkpoint read(boolean withOptimizer) throws IOException {
    NativeConfig content = readConfig();
    List<TensorSpec> layout;
    try {
      layout = Checkpoint.layout(content.config(), content.heads());
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(folder.resolve(CONFIG), e.getMessage() + ".", e);
    }
    Optional<TextSettings> text = readText(content.config());
    WeightMap weights =
        WeightMap.of(layout, open(WEIGHTS).readAll(), folder.resolve(WEIGHTS).toString());
    return new Checkpoint(
        content.config(),
        content.heads(),
        weights,
        text,
        withOptimizer ? readOptimizer(layout) : Optional.empty());
  }

  StreamedCheckpoint open(boolean withOptimizer) throws IOException {
    NativeConfig content = readConfig();
    Optional<TextSettings> text = readText(content.config());
    Map<String, TensorSupply> weights = supplies(open(WEIGHTS));
    OptionalLong step = OptionalLong.empty();
    Map<String, TensorSupply> slots = Map.of();
    if (withOptimizer && Files.exists(folder.resolve(OPTIMIZER))) {
      SafetensorsFile state = open(OPTIMIZER);
      step = OptionalLong.of(step(state));
      slots = supplies(state);
    }
    try {
      return new StreamedCheckpoint(content.config(), content.heads(), weights, text, step, slots);
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(folder, e.getMessage() + ".", e);
    }
  }

  private static Map<String, TensorSupply> supplies(SafetensorsFile file) {
    Map<String, TensorSupply> supplies = new LinkedHashMap<>();
    file.entries()
        .forEach(
            (name, entry) ->
                supplies.put(
                    name,
                    TensorSupply.reading(
                        entry.type().readAs(), entry.shape(), () -> file.read(name))));
    return supplies;
  }

  private static long step(SafetensorsFile state) throws MalformedFileException {
    String step = state.metadata().getOrDefault(STEP_KEY, "absent");
    try {
      return Long.parseLong(step);
    } catch (NumberFormatException e) {
      throw MalformedFileException.in(
          state.file(),
          "the metadata's %s is %s; a whole number was expected.".formatted(STEP_KEY, step),
          e);
    }
  }

  Optional<TextSettings> readText() throws IOException {
    return readText(readConfig().config());
  }

  void write(StreamedCheckpoint checkpoint, boolean overwrite) throws IOException {
    write(checkpoint, AtomicFolder.create(folder, KIND, overwrite));
  }

  /** Fills the folder, commits and closes it. */
  static void write(StreamedCheckpoint checkpoint, AtomicFolder folder) throws IOException {
    try (folder) {
      fill(checkpoint, folder);
      folder.commit();
    }
  }

  private static void fill(StreamedCheckpoint checkpoint, AtomicFolder target) throws IOException {
    String config =
        NativeConfigJson.write(new NativeConfig(checkpoint.config(), checkpoint.heads()));
    target.write(CONFIG, config.getBytes(StandardCharsets.UTF_8));
    if (checkpoint.text().isPresent()) {
      TextSettings text = checkpoint.text().get();
      target.write(VOCABULARY, text.vocabulary());
      String tokenizer =
          TokenizerConfigJson.write(
              new TokenizerConfig(text.lowerCase(), text.stripAccents()),
              checkpoint.config().maxPositions());
      target.write(TOKENIZER, tokenizer.getBytes(StandardCharsets.UTF_8));
    }
    writeTensors(target, WEIGHTS, checkpoint.weights(), Map.of(FORMAT_KEY, FORMAT));
    if (checkpoint.globalStep().isPresent()) {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put(FORMAT_KEY, FORMAT);
      facts.put(STEP_KEY, Long.toString(checkpoint.globalStep().getAsLong()));
      writeTensors(target, OPTIMIZER, checkpoint.slots(), facts);
    }
  }

  private static void writeTensors(
      AtomicFolder target,
      String name,
      Map<String, TensorSupply> tensors,
      Map<String, String> facts)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(facts);
    metadata.putAll(SafetensorsFile.checksums(tensors));
    try (WritableByteChannel channel = target.newFile(name)) {
      SafetensorsFile.stream(channel, tensors, metadata);
    }
  }

  private NativeConfig readConfig() throws IOException {
    Path file = folder.resolve(CONFIG);
    if (!Files.exists(file)) {
      throw missing(file);
    }
    return NativeConfigJson.read(JsonFields.parse(file.toString(), readText(file)));
  }

  private MalformedFileException missing(Path file) throws IOException {
    List<Path> older = AtomicFolder.interrupted(folder);
    if (!Files.exists(folder) && !older.isEmpty()) {
      return MalformedFileException.in(
          folder,
          "the folder is missing because its replacement was interrupted; the older one is whole in %s. Rename it back."
              .formatted(older));
    }
    return MalformedFileException.in(
        file,
        Files.isDirectory(folder)
            ? "the file is missing, so this is no checkpoint of this project. Convert a foreign checkpoint first."
            : "there is no such folder. Give the folder of a checkpoint.");
  }

  private Optional<TextSettings> readText(ElectraConfig config) throws IOException {
    Path vocabulary = folder.resolve(VOCABULARY);
    Path tokenizer = folder.resolve(TOKENIZER);
    if (!Files.exists(vocabulary) && !Files.exists(tokenizer)) {
      return Optional.empty();
    }
    if (!Files.exists(tokenizer)) {
      throw MalformedFileException.in(
          tokenizer,
          "the file is missing although %s is there. Write one, e.g. {\"do_lower_case\": true} for an uncased vocabulary."
              .formatted(VOCABULARY));
    }
    if (!Files.exists(vocabulary)) {
      throw MalformedFileException.in(
          vocabulary,
          "the file is missing although %s is there. Copy the model's vocabulary here."
              .formatted(TOKENIZER));
    }
    TokenizerConfig settings =
        TokenizerConfigJson.read(JsonFields.parse(tokenizer.toString(), readText(tokenizer)));
    TextSettings text =
        new TextSettings(
            Files.readAllBytes(vocabulary), settings.lowerCase(), settings.stripAccents());
    Optional<String> problem = Checkpoint.vocabularyProblem(text, config);
    if (problem.isPresent()) {
      throw MalformedFileException.in(vocabulary, problem.get() + ".");
    }
    return Optional.of(text);
  }

  private Optional<OptimizerState> readOptimizer(List<TensorSpec> layout) throws IOException {
    Path path = folder.resolve(OPTIMIZER);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    SafetensorsFile file = open(OPTIMIZER);
    long step = step(file);
    try {
      OptimizerState state = new OptimizerState(step, file.readAll());
      List<String> misfits = state.problemsWith(layout);
      if (!misfits.isEmpty()) {
        throw MalformedFileException.in(
            path,
            "%d tensor(s) do not fit the weights:\n%s\nDelete the file to train on from step 0."
                .formatted(misfits.size(), String.join("\n", misfits)));
      }
      return Optional.of(state);
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(path, e.getMessage() + ".", e);
    }
  }

  private SafetensorsFile open(String name) throws IOException {
    Path path = folder.resolve(name);
    try {
      SafetensorsFile file = SafetensorsFile.open(path);
      String format = file.metadata().getOrDefault(FORMAT_KEY, "absent");
      if (!format.equals(FORMAT)) {
        throw MalformedFileException.in(
            path,
            "the metadata's format is %s, not %s: these tensors have other names. Convert the checkpoint first."
                .formatted(format, FORMAT));
      }
      return file;
    } catch (NoSuchFileException e) {
      throw MalformedFileException.in(
          path, "the file is missing. Get the whole checkpoint again.", e);
    }
  }

  private static String readText(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(file, "this is not UTF-8 text. Save it as UTF-8.", e);
    }
  }
}
