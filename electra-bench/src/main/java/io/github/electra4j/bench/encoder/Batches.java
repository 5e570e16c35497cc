package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.TokenBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Batches of random tokens; what the tokens are does not change the work. */
final class Batches {
  private static final int FIRST_WORD = 1000;
  private static final int WORDS = 28000;

  private Batches() {}

  /** One full batch. */
  static TokenBatch full(int batch, int seq) {
    List<Integer> lengths = new ArrayList<>();
    for (int row = 0; row < batch; row++) {
      lengths.add(seq);
    }
    return padded(lengths);
  }

  /**
   * Lengths as sentences have them: a log-normal with the median and spread of film reviews in
   * pieces, at least 4 and at most 66.
   */
  static List<Integer> sentenceLengths(int count) {
    return lengths(count, 23, 0.5, 66);
  }

  private static List<Integer> lengths(int count, double median, double spread, int most) {
    Random random = new Random(5);
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double length = median * Math.exp(spread * random.nextGaussian());
      lengths.add((int) Math.max(4, Math.min(most, length)));
    }
    return lengths;
  }

  /** Batches in the given order, each padded to its longest, as peers do by default. */
  static List<TokenBatch> inOrder(List<Integer> lengths, int batch) {
    List<TokenBatch> batches = new ArrayList<>();
    for (int start = 0; start < lengths.size(); start += batch) {
      batches.add(padded(lengths.subList(start, Math.min(lengths.size(), start + batch))));
    }
    return batches;
  }

  /** Batches of like lengths, as this project's pipelines make them. */
  static List<TokenBatch> byLength(List<Integer> lengths, int batch) {
    return inOrder(lengths.stream().sorted(Comparator.naturalOrder()).toList(), batch);
  }

  private static TokenBatch padded(List<Integer> lengths) {
    Random random = new Random(7);
    List<int[]> ids = new ArrayList<>();
    List<int[]> types = new ArrayList<>();
    int longest = 0;
    for (int length : lengths) {
      int[] row = new int[length];
      for (int i = 0; i < length; i++) {
        row[i] = FIRST_WORD + random.nextInt(WORDS);
      }
      ids.add(row);
      types.add(new int[length]);
      longest = Math.max(longest, length);
    }
    return TokenBatch.padded(ids, types, longest);
  }
}
