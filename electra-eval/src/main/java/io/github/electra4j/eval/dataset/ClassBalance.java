package io.github.electra4j.eval.dataset;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How often each class occurs. Example: of {@code ham} 9 times and {@code spam} once, the majority
 * share is 0.9 and the ratio 9.
 *
 * @param counts by class, the most frequent first; at least one
 */
public record ClassBalance(Map<String, Integer> counts) {
  /** Above this ratio, accuracy alone says little. */
  private static final double IMBALANCED = 3;

  private static final int MOST_SHOWN = 20;

  /** Copies the map. */
  public ClassBalance {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    if (counts.isEmpty()) {
      throw new IllegalArgumentException("There is no label to count; give at least one.");
    }
  }

  /** Counts labels; classes that occur equally often are in the order of their names. */
  public static ClassBalance of(Collection<String> labels) {
    Map<String, Integer> byName = new TreeMap<>();
    labels.forEach(label -> byName.merge(Objects.requireNonNull(label), 1, Integer::sum));
    List<Map.Entry<String, Integer>> ordered =
        byName.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .toList();
    Map<String, Integer> counts = new LinkedHashMap<>();
    ordered.forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return new ClassBalance(counts);
  }

  /** How many labels there are. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The accuracy of always answering the most frequent class, from 0 to 1. */
  public double majorityShare() {
    return (double) counts.values().iterator().next() / total();
  }

  /** How many times as frequent as the rarest class the most frequent is, at least 1. */
  public double ratio() {
    int rarest = counts.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
    return (double) counts.values().iterator().next() / rarest;
  }

  /** Whether accuracy alone says little. */
  public boolean isImbalanced() {
    return ratio() >= IMBALANCED;
  }

  /** A sentence with the counts, and a warning if they are uneven. */
  public String toText() {
    StringBuilder text =
        new StringBuilder("%d labels of %d classes:".formatted(total(), counts.size()));
    counts.entrySet().stream()
        .limit(MOST_SHOWN)
        .forEach(
            entry ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        " %s %d (%.1f %%),",
                        entry.getKey(),
                        entry.getValue(),
                        100.0 * entry.getValue() / total())));
    text.setCharAt(text.length() - 1, counts.size() > MOST_SHOWN ? ' ' : '.');
    if (counts.size() > MOST_SHOWN) {
      text.append("and %d rarer ones.".formatted(counts.size() - MOST_SHOWN));
    }
    if (isImbalanced()) {
      text.append(
          String.format(
              Locale.ROOT,
              " The classes are imbalanced (%.1f to 1): always answering \"%s\" is right in %.1f %%"
                  + " of cases, so look at macro_f1 and mcc, too.",
              ratio(),
              counts.keySet().iterator().next(),
              100 * majorityShare()));
    }
    return text.toString();
  }
}
