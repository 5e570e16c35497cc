package io.github.electra4j.cli;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ImportOptions;
import io.github.electra4j.convert.ImportedModel;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that a command was given: a folder of this project, the folder of a fine-tuning run or of
 * trials, or a TensorFlow checkpoint or a HuggingFace folder, which are imported in memory.
 *
 * @param path as the user gave it
 * @param folder where the checkpoint was found, {@code path} or its {@code model} folder
 * @param checkpoint weights, configuration, vocabulary
 */
record ModelSource(Path path, Path folder, Checkpoint checkpoint) {
  private static final int ORIGINAL_LENGTH = 128;

  /**
   * Reads a model.
   *
   * @throws MalformedFileException when it is damaged or no ELECTRA model, or holds NaN
   */
  static ModelSource read(Path path, Console console) throws IOException {
    Path folder = RunFolder.modelIn(path);
    if (isNative(folder)) {
      Checkpoint checkpoint = Checkpoint.readWithoutOptimizer(folder);
      return new ModelSource(path, folder, checkpoint.requireFinite(folder.toString()));
    }
    if (!Files.exists(folder) && !Files.exists(Path.of(folder + ".index"))) {
      throw new NoSuchFileException(path.toString());
    }
    new RunFolder(path).requireFinished();
    ImportedModel result =
        Conversion.from(folder)
            .options(ImportOptions.standard().withHeads(HeadArguments.usual()))
            .read();
    result.report().notes().forEach(console::say);
    return new ModelSource(path, folder, result.checkpoint().requireFinite(path.toString()));
  }

  /**
   * A model to train on, with the state of its optimizer if it has one.
   *
   * @throws MalformedFileException when it is damaged or no ELECTRA model, or holds NaN
   */
  static Checkpoint readWithOptimizer(Path path, Console console) throws IOException {
    Path folder = RunFolder.modelIn(path);
    if (isNative(folder)) {
      return Checkpoint.read(folder).requireFinite(folder.toString());
    }
    new RunFolder(path).requireFinished();
    ImportedModel result =
        Conversion.from(folder)
            .options(ImportOptions.standard().withHeads(HeadArguments.usual()).withOptimizer(true))
            .read();
    result.report().notes().forEach(console::say);
    return result.checkpoint().requireFinite(path.toString());
  }

  /** Whether a folder is of this project; HuggingFace's have a configuration of the same name. */
  private static boolean isNative(Path folder) throws IOException {
    Path config = folder.resolve("config.json");
    return Files.isRegularFile(config)
        && Files.readString(config, StandardCharsets.ISO_8859_1).contains("\"electra4j\"");
  }

  /**
   * The tokenizer of a model, read without its weights where that is possible.
   *
   * @throws MalformedFileException when the model came without a vocabulary
   */
  static ElectraTokenizer tokenizer(Path path, Console console) throws IOException {
    Path folder = RunFolder.modelIn(path);
    return isNative(folder)
        ? LoadedModel.tokenizer(
            required(Checkpoint.readText(folder), path), folder.resolve("vocab.txt").toString())
        : read(path, console).tokenizer();
  }

  /**
   * The tokenizer of the model.
   *
   * @throws MalformedFileException when the model came without a vocabulary
   */
  ElectraTokenizer tokenizer() throws IOException {
    return LoadedModel.tokenizer(
        required(checkpoint.text(), path), folder.resolve("vocab.txt").toString());
  }

  /**
   * The model as the commands take it that work on text alone.
   *
   * @throws MalformedFileException when the model came without a vocabulary
   */
  LoadedModel loaded() throws IOException {
    return new LoadedModel(path, checkpoint, tokenizer());
  }

  /** A vocabulary that the user named. */
  static TextSettings vocabulary(Path file, boolean cased) throws IOException {
    return vocabulary(file, cased, Optional.empty());
  }

  /**
   * As {@link #vocabulary(Path, boolean)}.
   *
   * @param stripAccents whether accents are removed, where that does not follow from the case
   */
  static TextSettings vocabulary(Path file, boolean cased, Optional<Boolean> stripAccents)
      throws IOException {
    byte[] pieces = Files.readAllBytes(InputFiles.existing(file));
    return new TextSettings(pieces, !cased, stripAccents);
  }

  private static TextSettings required(Optional<TextSettings> text, Path path)
      throws MalformedFileException {
    return text.orElseThrow(
        () ->
            MalformedFileException.in(
                path,
                "this model has no vocabulary, so it cannot read text. Convert it again with"
                    + " --vocab FILE."));
  }

  /** The longest input that the model was trained with, as far as is known, otherwise 128. */
  int usualSeqLength() throws IOException {
    int possible = Math.min(ORIGINAL_LENGTH, checkpoint.config().maxPositions());
    return new RunFolder(path).maxSeqLength().orElse(possible);
  }

  /** The last name of the path, for reports. */
  String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }
}
