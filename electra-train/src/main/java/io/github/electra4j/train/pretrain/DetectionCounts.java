package io.github.electra4j.train.pretrain;

import io.github.electra4j.train.graph.PretrainOutcome;

/**
 * How well replaced tokens were told from original ones. A share of nothing is 0.
 *
 * @param tokens tokens judged: those of the loss
 * @param correct of them, judged rightly
 * @param replaced tokens that had been replaced
 * @param flagged tokens that were taken for replaced
 * @param found replaced tokens that were taken for replaced
 */
public record DetectionCounts(long tokens, long correct, long replaced, long flagged, long found) {

  /** No tokens. */
  public static DetectionCounts none() {
    return new DetectionCounts(0, 0, 0, 0, 0);
  }

  /** The counts of one batch, of the tokens that take part in the loss. */
  public static DetectionCounts of(PretrainOutcome.Detection detection) {
    int[][] judged = detection.judged();
    long tokens = 0;
    long correct = 0;
    long replaced = 0;
    long flagged = 0;
    long found = 0;
    for (int row = 0; row < judged.length; row++) {
      for (int at = 0; at < judged[row].length; at++) {
        if (judged[row][at] == 1) {
          boolean label = detection.corrupted().labels()[row][at] == 1;
          boolean flag = detection.logits()[row][at] > 0;
          tokens++;
          correct += label == flag ? 1 : 0;
          replaced += label ? 1 : 0;
          flagged += flag ? 1 : 0;
          found += label && flag ? 1 : 0;
        }
      }
    }
    return new DetectionCounts(tokens, correct, replaced, flagged, found);
  }

  /** These counts and others. */
  public DetectionCounts plus(DetectionCounts other) {
    return new DetectionCounts(
        tokens + other.tokens,
        correct + other.correct,
        replaced + other.replaced,
        flagged + other.flagged,
        found + other.found);
  }

  /** Share of all tokens judged rightly. */
  public double accuracy() {
    return share(correct, tokens);
  }

  /** Share of the tokens taken for replaced that were replaced. */
  public double precision() {
    return share(found, flagged);
  }

  /** Share of the replaced tokens that were found: the accuracy on replaced tokens. */
  public double recall() {
    return share(found, replaced);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
