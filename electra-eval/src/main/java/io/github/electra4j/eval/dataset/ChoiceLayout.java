package io.github.electra4j.eval.dataset;

import java.util.List;

/**
 * Which columns of a multiple-choice file hold what.
 *
 * @param text columns whose cells, joined by blanks, the candidates are to fit; at least one
 * @param candidates a column per candidate, at least two
 * @param label column of the number of the right one
 * @param first number of the first candidate in that column, usually 0
 */
public record ChoiceLayout(List<String> text, List<String> candidates, String label, int first) {
  /** Checks and copies the lists. */
  public ChoiceLayout {
    text = List.copyOf(text);
    candidates = List.copyOf(candidates);
    if (text.isEmpty() || candidates.size() < 2) {
      throw new IllegalArgumentException(
          "A multiple-choice file needs a column of texts and two of candidates; got %s and %s."
              .formatted(text, candidates));
    }
  }

  /** The CSV files of SWAG, each with four endings. */
  public static ChoiceLayout swag() {
    return new ChoiceLayout(
        List.of("sent1", "sent2"), List.of("ending0", "ending1", "ending2", "ending3"), "label", 0);
  }

  /** The JSON lines of COPA as in SuperGLUE, whose question is {@code cause} or {@code effect}. */
  public static ChoiceLayout copa() {
    return new ChoiceLayout(
        List.of("premise", "question"), List.of("choice1", "choice2"), "label", 0);
  }
}
