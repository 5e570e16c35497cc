package io.github.electra4j.model;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a checkpoint knows about text: its vocabulary and how text becomes pieces of it. The model
 * never looks inside; a tokenizer is made from it.
 *
 * @param vocabulary the bytes of {@code vocab.txt}: UTF-8, one piece per line, the line number from
 *     0 is the piece's id
 * @param lowerCase whether text is lower-cased first
 * @param stripAccents whether accents are removed; empty to follow {@code lowerCase}
 */
public record TextSettings(byte[] vocabulary, boolean lowerCase, Optional<Boolean> stripAccents) {
  /** Copies the bytes. */
  public TextSettings {
    vocabulary = vocabulary.clone();
    Objects.requireNonNull(stripAccents, "stripAccents");
  }

  /** The bytes of {@code vocab.txt}; a fresh array. */
  @Override
  public byte[] vocabulary() {
    return vocabulary.clone();
  }

  /**
   * Lines of the vocabulary, each of which takes an id, an empty one too; a last line needs no line
   * break. Example: {@code "[PAD]\n[UNK]"} has 2.
   */
  public int pieces() {
    int breaks = 0;
    for (byte letter : vocabulary) {
      if (letter == '\n') {
        breaks++;
      }
    }
    boolean open = vocabulary.length > 0 && vocabulary[vocabulary.length - 1] != '\n';
    return open ? breaks + 1 : breaks;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextSettings settings
        && Arrays.equals(vocabulary, settings.vocabulary)
        && lowerCase == settings.lowerCase
        && stripAccents.equals(settings.stripAccents);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(vocabulary), lowerCase, stripAccents);
  }

  /** E.g. {@code 30522 pieces, lowerCase=true, stripAccents=Optional.empty}. */
  @Override
  public String toString() {
    return "%d pieces, lowerCase=%s, stripAccents=%s".formatted(pieces(), lowerCase, stripAccents);
  }
}
