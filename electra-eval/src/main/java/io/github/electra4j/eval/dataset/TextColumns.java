package io.github.electra4j.eval.dataset;

import java.util.Objects;
import java.util.Optional;

/**
 * Which columns of somebody's own file hold what.
 *
 * @param text the text, or the first of a pair
 * @param pair the second text of a pair; empty for single texts
 * @param label the class or score; empty if the file has none
 */
public record TextColumns(String text, Optional<String> pair, Optional<String> label) {
  /** Requires all of it. */
  public TextColumns {
    Objects.requireNonNull(text, "TextColumns.text is null.");
    Objects.requireNonNull(pair, "TextColumns.pair is null.");
    Objects.requireNonNull(label, "TextColumns.label is null.");
  }

  /** Single texts with a label. */
  public static TextColumns of(String text, String label) {
    return new TextColumns(text, Optional.empty(), Optional.of(label));
  }

  /** Pairs of texts with a label. */
  public static TextColumns ofPair(String text, String pair, String label) {
    return new TextColumns(text, Optional.of(pair), Optional.of(label));
  }

  /** The same without labels, for files to predict. */
  public TextColumns unlabelled() {
    return new TextColumns(text, pair, Optional.empty());
  }
}
