package io.github.electra4j.train.pretrain;

import java.util.Arrays;

/** Scores of original and replaced tokens, and how well they tell one from the other. */
final class RankedScores {
  private float[] original = new float[1024];
  private float[] replaced = new float[1024];
  private int originals;
  private int replacements;

  void add(double score, boolean isReplaced) {
    if (isReplaced) {
      replaced = room(replaced, replacements);
      replaced[replacements++] = (float) score;
    } else {
      original = room(original, originals);
      original[originals++] = (float) score;
    }
  }

  private static float[] room(float[] values, int used) {
    return used < values.length ? values : Arrays.copyOf(values, 2 * values.length);
  }

  /**
   * The area under the ROC curve: the share of all pairs of a replaced and an original token in
   * which the replaced one has the higher score, ties counting half. 0 if there is no pair.
   */
  double auc() {
    if (originals == 0 || replacements == 0) {
      return 0;
    }
    float[] low = Arrays.copyOf(original, originals);
    float[] high = Arrays.copyOf(replaced, replacements);
    Arrays.sort(low);
    Arrays.sort(high);
    double halves = 0;
    int below = 0;
    int notAbove = 0;
    for (float score : high) {
      while (below < low.length && low[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < low.length && low[notAbove] <= score) {
        notAbove++;
      }
      halves += below + (double) notAbove;
    }
    return halves / 2 / ((double) originals * replacements);
  }
}
