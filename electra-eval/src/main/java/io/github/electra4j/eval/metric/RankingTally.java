package io.github.electra4j.eval.metric;

import java.util.Arrays;

/**
 * How well candidates were ranked, as for multiple choice and the selection of responses. Equal
 * scores are ranked against the right candidate, so that a model without opinion gains nothing.
 *
 * <pre>{@code
 * RankingTally tally = new RankingTally();
 * tally.add(new double[] {0.1, 0.9, 0.5}, 2);
 * tally.meanReciprocalRank(); // 0.5
 * tally.recallAt(2); // 1.0
 * }</pre>
 */
public final class RankingTally {
  private int[] ranks = new int[16];
  private int size;

  /**
   * Counts an example.
   *
   * @param scores one per candidate, higher is better, all finite; {@code [candidates]}
   * @param right index of the right candidate
   */
  public void add(double[] scores, int right) {
    if (right < 0 || right >= scores.length) {
      throw new IllegalArgumentException(
          "There are %d candidates, and number %d (from 0) is to be the right one."
              .formatted(scores.length, right));
    }
    int rank = 1;
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            "Candidate %d has the score %s; scores must be finite.".formatted(i, scores[i]));
      }
      rank += i != right && scores[i] >= scores[right] ? 1 : 0;
    }
    if (size == ranks.length) {
      ranks = Arrays.copyOf(ranks, 2 * size);
    }
    ranks[size++] = rank;
  }

  /** How many examples were counted. */
  public int examples() {
    return size;
  }

  /** The share of examples whose right candidate is ranked first, from 0 to 1. */
  public double accuracy() {
    return recallAt(1);
  }

  /** The mean of 1 / rank of the right candidate, from 0 to 1. */
  public double meanReciprocalRank() {
    requireExamples();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 1.0 / ranks[i];
    }
    return sum / size;
  }

  /**
   * The share of examples whose right candidate is among the first {@code k}, from 0 to 1.
   *
   * @param k at least 1
   */
  public double recallAt(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("recall@%d is undefined; use 1 or more.".formatted(k));
    }
    requireExamples();
    int among = 0;
    for (int i = 0; i < size; i++) {
      among += ranks[i] <= k ? 1 : 0;
    }
    return (double) among / size;
  }

  private void requireExamples() {
    if (size == 0) {
      throw new IllegalStateException("No example was ranked; add at least one.");
    }
  }
}
