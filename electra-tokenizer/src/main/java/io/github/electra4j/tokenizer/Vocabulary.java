package io.github.electra4j.tokenizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The pieces that a model knows and their ids. Pieces that continue a word start with {@code ##}.
 * Immutable.
 *
 * <p>The file has one piece per line; the line number, from 0, is the id. It is read as the
 * original reads it: white space around a piece is cut off, a blank line takes an id too, and of
 * equal lines the last one gives the id.
 */
public final class Vocabulary {
  private final String source;
  private final byte[] file;
  private final String[] pieces;
  private final PieceTrie trie;
  private final ShortWords shortWords;

  private Vocabulary(String source, byte[] file, String[] pieces) {
    this.source = source;
    this.file = file;
    this.pieces = pieces;
    this.trie = PieceTrie.of(pieces);
    this.shortWords = ShortWords.of(pieces);
  }

  /**
   * Reads a vocabulary file.
   *
   * @throws MalformedVocabularyException if the file is empty or not UTF-8
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path file) throws IOException {
    return read(Files.readAllBytes(file), file.toString());
  }

  /**
   * Reads the contents of a vocabulary file.
   *
   * @param utf8 the file's bytes
   * @param source what errors call the file
   * @throws MalformedVocabularyException if there is no line, or one is not UTF-8
   */
  public static Vocabulary read(byte[] utf8, String source) throws MalformedVocabularyException {
    Objects.requireNonNull(source, "source");
    byte[] file = utf8.clone();
    return new Vocabulary(source, file, new VocabularyLines(file, source).pieces());
  }

  /**
   * A vocabulary whose ids are the places in a list.
   *
   * @throws IllegalArgumentException if the list is empty, or a piece cannot be a line of a file
   */
  public static Vocabulary of(List<String> pieces) {
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("The list of pieces is empty; give at least [UNK]");
    }
    String[] copy = List.copyOf(pieces).toArray(String[]::new);
    for (int id = 0; id < copy.length; id++) {
      if (!VocabularyLines.isLine(copy[id])) {
        throw new IllegalArgumentException(
            "Piece %d is \"%s\", which would not come back from a vocabulary file; give pieces without line feed, white space at the ends, and lone surrogates"
                .formatted(id, copy[id]));
      }
    }
    return new Vocabulary("the vocabulary", lines(copy), copy);
  }

  /** Number of ids, those of blank lines and of repeated pieces included. */
  public int size() {
    return pieces.length;
  }

  /** Id of a piece, 0 to {@code size() - 1}; of a repeated piece the last. */
  public OptionalInt id(String piece) {
    int id = trie.find(piece);
    return id == PieceTrie.NONE ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * Id of a piece that has to be there, such as a special token.
   *
   * @throws IllegalArgumentException if it is not; the message says what to do
   */
  public int requireId(String piece) {
    int id = trie.find(piece);
    if (id == PieceTrie.NONE) {
      boolean marked = trie.find("\uFEFF" + piece) != PieceTrie.NONE;
      throw new IllegalArgumentException(
          "%s has no piece \"%s\" among its %d. %s"
              .formatted(
                  source,
                  piece,
                  size(),
                  marked
                      ? "Its line starts with a byte order mark; save the file without one."
                      : "Take the vocabulary that the model was trained with; special tokens such"
                          + " as [PAD], [UNK], [CLS], [SEP] and [MASK] each need a line."));
    }
    return id;
  }

  /**
   * The piece of an id.
   *
   * @param id 0 to {@code size() - 1}
   */
  public String piece(int id) {
    if (id < 0 || id >= pieces.length) {
      throw new IllegalArgumentException(
          "Id %d is not in %s, whose ids are 0 to %d; does the vocabulary belong to the model?"
              .formatted(id, source, pieces.length - 1));
    }
    return pieces[id];
  }

  /** All pieces in the order of their ids. */
  public List<String> pieces() {
    return Collections.unmodifiableList(Arrays.asList(pieces));
  }

  /**
   * The vocabulary file in UTF-8: as it was read, to the byte; one line per piece, each ended by a
   * line feed, if the vocabulary was not read from a file.
   */
  public byte[] toBytes() {
    return file.clone();
  }

  private static byte[] lines(String[] pieces) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(8 * pieces.length);
    for (String piece : pieces) {
      lines.writeBytes(piece.getBytes(StandardCharsets.UTF_8));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  /** Writes {@link #toBytes()}; the file appears complete or not at all. */
  public void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.write(temporary, toBytes());
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  PieceTrie trie() {
    return trie;
  }

  ShortWords shortWords() {
    return shortWords;
  }

  /** Whether the other vocabulary gives the same ids to the same pieces. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary vocabulary && Arrays.equals(pieces, vocabulary.pieces);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pieces);
  }

  @Override
  public String toString() {
    return "Vocabulary[%s, %d pieces]".formatted(source, pieces.length);
  }
}
