package io.github.electra4j.tokenizer.train;

import java.util.Arrays;
import java.util.Map;

/** How often each word of a corpus occurs, in the order of the words. Immutable. */
public final class WordCounts {
  private final String[] words;
  private final long[] counts;
  private final long total;
  private final long rarest;

  private WordCounts(String[] words, long[] counts, long total, long rarest) {
    this.words = words;
    this.counts = counts;
    this.total = total;
    this.rarest = rarest;
  }

  /**
   * Counts that are known already.
   *
   * @param counts occurrences of each word, at least 1
   */
  public static WordCounts of(Map<String, Long> counts) {
    long total = 0;
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      if (count.getKey().isEmpty() || count.getValue() < 1) {
        throw new IllegalArgumentException(
            "Word \"%s\" has the count %d; give words that are there and count them from 1"
                .formatted(count.getKey(), count.getValue()));
      }
      total = Math.addExact(total, count.getValue());
    }
    return of(counts, total, 1);
  }

  static WordCounts of(Map<String, Long> known, long total, long rarest) {
    String[] words = known.keySet().toArray(String[]::new);
    Arrays.sort(words);
    long[] counts = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      counts[i] = known.get(words[i]);
    }
    return new WordCounts(words, counts, total, rarest);
  }

  /** Number of different words. */
  public int size() {
    return words.length;
  }

  /**
   * A word.
   *
   * @param index 0 to {@code size() - 1}, in the natural order of strings
   */
  public String word(int index) {
    return words[index];
  }

  /** Occurrences of the word of an index. */
  public long count(int index) {
    return counts[index];
  }

  /** Words of the corpus, repetitions and words that were forgotten included. */
  public long total() {
    return total;
  }

  /**
   * What a word had to occur, since it was last forgotten, to be remembered: 1 if all words fitted
   * into memory.
   */
  public long rarest() {
    return rarest;
  }
}
