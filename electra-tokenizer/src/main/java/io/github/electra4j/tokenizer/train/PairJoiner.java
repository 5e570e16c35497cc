package io.github.electra4j.tokenizer.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Joins the most frequent pair of neighbouring pieces, again and again. Counts are kept up to date
 * word by word, so that a join costs time for the words that it changes only.
 */
final class PairJoiner {
  private final PieceList pieces;
  private final int[][] words;
  private final long[] counts;
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(Candidate.ORDER);

  PairJoiner(PieceList pieces, Alphabet.Segments segments) {
    this.pieces = pieces;
    this.words = segments.pieces();
    this.counts = segments.counts();
    for (int word = 0; word < words.length; word++) {
      for (int i = 1; i < words[word].length; i++) {
        Pair pair = pair(words[word][i - 1], words[word][i]);
        pair.count += counts[word];
        pair.addWord(word);
      }
    }
  }

  /** Joins until there are {@code size} pieces or no pair occurs {@code minFrequency} times. */
  void join(int size, long minFrequency) {
    pairs.values().forEach(pair -> offer(pair, minFrequency));
    while (pieces.size() < size && !queue.isEmpty()) {
      Candidate best = queue.remove();
      if (best.count == best.pair.count) {
        join(best.pair, minFrequency);
      } else {
        offer(best.pair, minFrequency); // it has become rarer since it was offered
      }
    }
  }

  private void offer(Pair pair, long minFrequency) {
    if (pair.count >= minFrequency) {
      queue.add(new Candidate(pair, pair.count));
    }
  }

  private void join(Pair joined, long minFrequency) {
    int whole = pieces.join(joined.left, joined.right);
    Set<Pair> raised = new HashSet<>();
    Set<Pair> lowered = new HashSet<>();
    for (int i = 0; i < joined.wordCount; i++) {
      int word = joined.words[i];
      int[] after = joined(words[word], joined, whole);
      if (after.length < words[word].length) {
        subtract(word, lowered);
        words[word] = after;
        add(word, whole, raised);
      }
    }
    for (Pair pair : lowered) {
      if (pair.count == 0) {
        pairs.remove(key(pair.left, pair.right));
      }
    }
    raised.forEach(pair -> offer(pair, minFrequency));
  }

  private static int[] joined(int[] before, Pair pair, int whole) {
    int[] after = new int[before.length];
    int length = 0;
    for (int i = 0; i < before.length; i++) {
      boolean here = i + 1 < before.length && before[i] == pair.left && before[i + 1] == pair.right;
      after[length++] = here ? whole : before[i];
      i += here ? 1 : 0;
    }
    return length == before.length ? before : Arrays.copyOf(after, length);
  }

  private void subtract(int word, Set<Pair> lowered) {
    for (int i = 1; i < words[word].length; i++) {
      Pair pair = pair(words[word][i - 1], words[word][i]);
      pair.count -= counts[word];
      lowered.add(pair);
    }
  }

  private void add(int word, int whole, Set<Pair> raised) {
    for (int i = 1; i < words[word].length; i++) {
      Pair pair = pair(words[word][i - 1], words[word][i]);
      pair.count += counts[word];
      if (pair.left == whole || pair.right == whole) {
        pair.addWord(word);
        raised.add(pair);
      }
    }
  }

  private Pair pair(int left, int right) {
    return pairs.computeIfAbsent(key(left, right), key -> new Pair(left, right));
  }

  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  /** Two pieces that stand side by side in words; compared by identity. */
  private static final class Pair {
    final int left;
    final int right;
    long count; // occurrences in the corpus
    int[] words = new int[2]; // where it was once seen
    int wordCount;

    Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }

    void addWord(int word) {
      if (wordCount > 0 && words[wordCount - 1] == word) {
        return;
      }
      if (wordCount == words.length) {
        words = Arrays.copyOf(words, 2 * wordCount);
      }
      words[wordCount++] = word;
    }
  }

  /** A pair with the count that it had when it was offered; its count now may be lower. */
  private record Candidate(Pair pair, long count) {
    static final Comparator<Candidate> ORDER =
        Comparator.comparingLong(Candidate::count)
            .reversed()
            .thenComparingInt(candidate -> candidate.pair.left)
            .thenComparingInt(candidate -> candidate.pair.right);
  }
}
