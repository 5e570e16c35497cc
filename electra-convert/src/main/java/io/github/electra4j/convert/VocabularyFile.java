package io.github.electra4j.convert;

import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The vocabulary that came with a checkpoint, checked against its word table. */
final class VocabularyFile {
  private static final long MAX_SIZE = 64L << 20;
  private static final String USUAL_NAME = "vocab.txt";

  private final ImportOptions options;
  private final List<String> notes;
  private final String caseRemark;

  /**
   * @param notes receives what the user should know
   */
  VocabularyFile(ImportOptions options, List<String> notes) {
    this(options, notes, "the checkpoint itself does not say whether text is lower-cased");
  }

  /**
   * @param notes receives what the user should know
   * @param caseRemark how it is known whether text is lower-cased
   */
  VocabularyFile(ImportOptions options, List<String> notes, String caseRemark) {
    this.options = options;
    this.notes = notes;
    this.caseRemark = caseRemark;
  }

  /**
   * The text settings of a checkpoint with {@code rows} rows in its word table.
   *
   * @param file what was found or given, if anything
   * @throws MalformedFileException if the number of pieces is another and no option allows it
   */
  Optional<TextSettings> read(Optional<Path> file, int rows) throws IOException {
    if (file.isEmpty()) {
      notes.add(
          "No vocabulary was found beside the checkpoint; the result reads token ids but no text. Give one with --vocab to change that.");
      return Optional.empty();
    }
    Path path = file.get();
    boolean guessed =
        options.place().vocabulary().isEmpty() && !path.getFileName().toString().equals(USUAL_NAME);
    if (Files.size(path) > MAX_SIZE) {
      throw MalformedFileException.in(
          path,
          "a vocabulary of more than %d bytes is not plausible. Give the right file."
              .formatted(MAX_SIZE));
    }
    return accept(path, Files.readAllBytes(path), guessed, rows);
  }

  /** The same of a vocabulary that came inside another file. */
  Optional<TextSettings> read(Path file, byte[] vocabulary, int rows) throws IOException {
    return accept(file, vocabulary, false, rows);
  }

  private Optional<TextSettings> accept(Path path, byte[] vocabulary, boolean guessed, int rows)
      throws MalformedFileException {
    TextSettings text = new TextSettings(vocabulary, options.lowerCase(), options.stripAccents());
    boolean fits =
        text.pieces() == rows || (options.smallerVocabulary() && text.pieces() < rows && !guessed);
    if (!fits && guessed) {
      notes.add(
          "%s has %d lines, not %d, so it was not taken as the vocabulary; the result reads token ids but no text."
              .formatted(path.getFileName(), text.pieces(), rows));
      return Optional.empty();
    }
    if (!fits) {
      throw MalformedFileException.in(
          path, "the vocabulary has %s".formatted(misfit(text.pieces(), rows)));
    }
    notes.add(
        "Vocabulary %s, %d pieces, for %s text; %s."
            .formatted(
                path.getFileName(),
                text.pieces(),
                text.lowerCase() ? "lower-cased" : "cased",
                caseRemark));
    return Optional.of(text);
  }

  private static String misfit(int pieces, int rows) {
    return "%d pieces, but the checkpoint's word table has %d rows. Give the vocabulary that the model was trained with%s."
        .formatted(
            pieces,
            rows,
            pieces < rows
                ? "; if it is this one and the last rows were never used, allow a smaller one with --smaller-vocab"
                : "");
  }
}
