package io.github.electra4j.cli;

import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.corpus.ExampleShards;
import io.github.electra4j.train.corpus.PreparedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Vocabulary and tokenizer options of the examples that a model learns from: the model has to read
 * text as they were read. A folder of {@code electra prepare} tells; of files of the original the
 * user does.
 *
 * @param text what was settled
 * @param source where it was found, for messages
 */
record ExampleTexts(TextSettings text, String source) {
  /** Examples whose ids are compared with the vocabulary before the run begins. */
  private static final int EXAMINED = 1000;

  /**
   * Settles them.
   *
   * @param examples as the user named them: one place or several, separated by commas
   * @param vocabulary that the user named, if any
   * @param cased whether the user said that the vocabulary is for cased text
   * @param strip whether the user said that accents were removed, or kept
   * @throws MalformedFileException when a folder tells another thing than the user or than another
   *     folder
   */
  static ExampleTexts of(
      String examples, Optional<Path> vocabulary, boolean cased, Optional<Boolean> strip)
      throws IOException {
    Optional<ExampleTexts> made = agreed(madeWith(examples));
    if (made.isPresent() && cased && made.get().text().lowerCase()) {
      throw MalformedFileException.in(
          made.get().source(), "the examples were made of lower-case text. Leave --cased out.");
    }
    if (made.isPresent() && strip.isPresent()) {
      made.get().requireAccents(strip.get());
    }
    if (vocabulary.isEmpty()) {
      return made.orElseThrow(
          () ->
              new WrongUsageException(
                  "%s does not say which vocabulary its examples were made with; name it with --vocab."
                      .formatted(examples)));
    }
    TextSettings named =
        ModelSource.vocabulary(vocabulary.get(), cased, strip.filter(removed -> removed == cased));
    ExampleTexts user = new ExampleTexts(named, "--vocab " + vocabulary.get());
    if (made.isPresent() && !samePieces(made.get().text(), named)) {
      throw user.differs(made.get().source(), "other pieces");
    }
    return made.orElse(user);
  }

  private void requireAccents(boolean strip) throws MalformedFileException {
    boolean stripped = text.stripAccents().orElse(text.lowerCase());
    if (strip != stripped) {
      throw MalformedFileException.in(
          source,
          "the examples were made with accents %s. Leave --%sstrip-accents out."
              .formatted(stripped ? "removed" : "kept", strip ? "" : "no-"));
    }
  }

  /** What the folders tell that the examples are in; none of those that tell nothing. */
  private static List<ExampleTexts> madeWith(String examples) throws IOException {
    List<ExampleTexts> made = new ArrayList<>();
    for (Path folder : PreparedFolder.holding(examples)) {
      PreparedFolder.textSettings(folder)
          .ifPresent(text -> made.add(new ExampleTexts(text, folder.toString())));
    }
    return made;
  }

  private static Optional<ExampleTexts> agreed(List<ExampleTexts> made)
      throws MalformedFileException {
    for (ExampleTexts each : made) {
      made.get(0).requireSame(each);
    }
    return made.stream().findFirst();
  }

  /**
   * Refuses other examples that were made with another vocabulary, or otherwise.
   *
   * @param examples as the user named them
   */
  void requireOf(String examples) throws IOException {
    for (ExampleTexts each : madeWith(examples)) {
      requireSame(each);
    }
  }

  private void requireSame(ExampleTexts other) throws MalformedFileException {
    if (!samePieces(other.text, text)) {
      throw differs(other.source, "other pieces");
    }
    if (other.text.lowerCase() != text.lowerCase()) {
      throw differs(other.source, "another case");
    }
    if (!other.text.stripAccents().equals(text.stripAccents())) {
      throw differs(other.source, "accents treated otherwise");
    }
  }

  private MalformedFileException differs(String examples, String what) {
    return MalformedFileException.in(
        examples,
        "the examples were made with %s than %s. Use examples and a vocabulary that belong together."
            .formatted(what, source));
  }

  private static boolean samePieces(TextSettings one, TextSettings other) {
    return Arrays.equals(one.vocabulary(), other.vocabulary()) || pieces(one).equals(pieces(other));
  }

  private static List<String> pieces(TextSettings text) {
    return new String(text.vocabulary(), StandardCharsets.UTF_8).lines().toList();
  }

  /** Refuses examples with ids beyond the vocabulary, as far as the first of them tell. */
  void requireIds(ExampleShards shards, String examples) throws IOException {
    for (int index = 0; index < Math.min(EXAMINED, shards.size()); index++) {
      int most = Arrays.stream(shards.read(index).inputIds()).max().orElse(0);
      if (most >= text.pieces()) {
        throw MalformedFileException.in(
            examples,
            "example %d has the token %d, but the vocabulary of %s has %d pieces. Name the one that the examples were made with."
                .formatted(index, most, source, text.pieces()));
      }
    }
  }

  /** How many pieces of another vocabulary stand at other places; 0 if both are the same. */
  long piecesUnlike(TextSettings other) {
    List<String> mine = pieces(text);
    List<String> theirs = pieces(other);
    long unlike = Math.abs(mine.size() - theirs.size());
    for (int id = 0; id < Math.min(mine.size(), theirs.size()); id++) {
      unlike += mine.get(id).equals(theirs.get(id)) ? 0 : 1;
    }
    return unlike;
  }

  /** One line for the identity of a run. */
  String identity() {
    String accents =
        text.stripAccents()
            .map(strip -> strip ? ", accents stripped" : ", accents kept")
            .orElse("");
    return "%d pieces for %s text%s, %s"
        .formatted(
            text.pieces(),
            text.lowerCase() ? "lower-case" : "cased",
            accents,
            WeightFingerprint.of(text.vocabulary()));
  }
}
