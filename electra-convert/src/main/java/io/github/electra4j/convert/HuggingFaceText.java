package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.TextFiles;
import io.github.electra4j.convert.huggingface.TokenizerJsonReader;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Vocabulary and settings of the tokenizer beside a model of HuggingFace's.
 *
 * @param location the model, for messages
 * @param folders where the files may be, the first that has one counts
 * @param options what the user says, which goes before what the files say
 * @param notes receives what the user should know
 */
record HuggingFaceText(
    Path location, List<Path> folders, ImportOptions options, List<String> notes) {

  /**
   * The settings for a model with {@code rows} rows in its word table.
   *
   * @throws MalformedFileException if text becomes other pieces there than an ELECTRA tokenizer
   *     makes, and the user has not named a vocabulary to use all the same
   */
  Optional<TextSettings> read(int rows) throws IOException {
    Optional<Path> whole = beside(TextFiles.TOKENIZER);
    TokenizerSettings settings = TokenizerSettings.read(beside(TextFiles.CONFIG), whole);
    requireOurs(settings);
    Optional<Path> vocabulary = options.place().vocabulary().or(() -> beside(TextFiles.VOCABULARY));
    VocabularyFile file = vocabularyFile(settings);
    return vocabulary.isEmpty() && whole.isPresent()
        ? file.read(whole.get(), TokenizerJsonReader.read(whole.get()).vocabulary(), rows)
        : file.read(vocabulary, rows);
  }

  private VocabularyFile vocabularyFile(TokenizerSettings settings) {
    ImportOptions known =
        options.withCase(
            options.lowerCase() && settings.lowerCase().orElse(true),
            options.stripAccents().or(settings::stripAccents));
    return settings
        .caseFrom()
        .map(file -> new VocabularyFile(known, notes, "as %s says".formatted(file)))
        .orElseGet(() -> new VocabularyFile(known, notes));
  }

  private void requireOurs(TokenizerSettings settings) throws MalformedFileException {
    if (settings.deviations().isEmpty()) {
      return;
    }
    String deviations = String.join("; ", settings.deviations());
    if (options.place().vocabulary().isEmpty()) {
      throw MalformedFileException.in(
          location,
          "its tokenizer cuts text in another way than ELECTRA's, so that the model would get other ids than it was trained with: %s. If that does not matter, convert it with --vocab FILE, and text is cut as ELECTRA cuts it."
              .formatted(deviations));
    }
    notes.add(
        "The model's own tokenizer cuts text in another way than ELECTRA's, which is used here because a vocabulary was named; ids may be others than the model was trained with: %s."
            .formatted(deviations));
  }

  private Optional<Path> beside(String file) {
    return folders.stream()
        .map(folder -> folder.resolve(file))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
