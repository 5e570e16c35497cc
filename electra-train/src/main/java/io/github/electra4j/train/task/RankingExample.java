package io.github.electra4j.train.task;

import java.util.List;
import java.util.Objects;

/**
 * A text and candidates of which one fits best: a question and its choices, or a dialogue and its
 * possible next turns.
 *
 * @param id position of the example within its split, at least 0
 * @param text what the candidates are to fit
 * @param candidates at least one
 * @param right index of the right one; 0 if it is not known
 */
public record RankingExample(long id, String text, List<String> candidates, int right) {
  /** Copies the candidates and checks the index. */
  public RankingExample {
    Objects.requireNonNull(text, "text");
    candidates = List.copyOf(candidates);
    if (right < 0 || right >= candidates.size()) {
      throw new IllegalArgumentException(
          "Example %d has %d candidates, and number %d (from 0) is to be the right one"
              .formatted(id, candidates.size(), right));
    }
  }
}
