package io.github.electra4j.model.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a mistyped one most resembles, for error messages. */
public final class NearestName {
  private NearestName() {}

  /**
   * The candidate with the fewest single-character edits from {@code name}; among equals the first
   * in alphabetical order. Example: {@code "hiden_size"} among the keys of a config gives {@code
   * "hidden_size"}.
   *
   * @return empty if there are no candidates
   */
  public static Optional<String> of(String name, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The same, but only if it is at most that many edits away, as a mistyped name is. */
  static Optional<String> of(String name, Collection<String> candidates, int mostEdits) {
    return of(
        name,
        candidates.stream()
            .filter(candidate -> Math.abs(candidate.length() - name.length()) <= mostEdits)
            .filter(candidate -> edits(name, candidate) <= mostEdits)
            .toList());
  }

  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
