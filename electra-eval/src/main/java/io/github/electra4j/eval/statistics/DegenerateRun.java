package io.github.electra4j.eval.statistics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Signs of a run that has learnt nothing, as large models sometimes do; each is a clause, e.g.
 * {@code every answer is "0"}.
 */
public final class DegenerateRun {
  private static final int FEWEST_STEPS = 20;
  private static final double LEAST_FALL = 0.01;

  private DegenerateRun() {}

  /**
   * Whether all answers are the same although the gold answers differ.
   *
   * @param gold classes or scores as text
   * @param answers equally many
   * @return a clause, empty if nothing is suspicious
   */
  public static Optional<String> sameAnswer(List<String> gold, List<String> answers) {
    if (gold.size() != answers.size()) {
      throw new IllegalArgumentException(
          "There are %d gold answers and %d answers; give equally many."
              .formatted(gold.size(), answers.size()));
    }
    Set<String> different = new HashSet<>(answers);
    if (different.size() != 1 || new HashSet<>(gold).size() < 2) {
      return Optional.empty();
    }
    return Optional.of("every answer is \"%s\"".formatted(answers.get(0)));
  }

  /**
   * Whether the loss did not fall: the mean of the last tenth of the steps is not at least 1 %
   * below that of the first tenth.
   *
   * @param losses one per step; fewer than 20 say nothing
   * @return a clause, empty if nothing is suspicious
   */
  public static Optional<String> flatLoss(double[] losses) {
    if (losses.length < FEWEST_STEPS) {
      return Optional.empty();
    }
    int tenth = losses.length / 10;
    double first = Arrays.stream(losses, 0, tenth).average().orElseThrow();
    double last =
        Arrays.stream(losses, losses.length - tenth, losses.length).average().orElseThrow();
    if (last <= (1 - LEAST_FALL) * first) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT, "the loss did not fall (%.4f at first, %.4f at last)", first, last));
  }
}
