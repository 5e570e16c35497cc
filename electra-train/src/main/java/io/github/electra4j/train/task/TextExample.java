package io.github.electra4j.train.task;

import java.util.Objects;

/**
 * One sentence or pair of sentences of a classification or regression data set, as read from its
 * file. For example {@code new TextExample(0, "A fine film.", "", "1")} is a single sentence of
 * class {@code "1"}.
 *
 * @param id position of the example within its split, at least 0; unique within a split
 * @param textA the sentence, or the first sentence of a pair; not null
 * @param textB the second sentence of a pair; the empty string for a single sentence
 * @param label the label as written in the file: a class name, or a score in decimal notation
 */
public record TextExample(long id, String textA, String textB, String label) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if {@code id} is negative
   * @throws NullPointerException if a text or the label is null
   */
  public TextExample {
    if (id < 0) {
      throw new IllegalArgumentException(
          "TextExample.id is %d; ids count examples from 0.".formatted(id));
    }
    Objects.requireNonNull(textA, "TextExample.textA is null; use \"\" for an empty sentence.");
    Objects.requireNonNull(textB, "TextExample.textB is null; use \"\" for a single sentence.");
    Objects.requireNonNull(label, "TextExample.label is null.");
  }
}
