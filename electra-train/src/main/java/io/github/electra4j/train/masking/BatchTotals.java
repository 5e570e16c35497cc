package io.github.electra4j.train.masking;

/**
 * What the losses of a batch are divided by. A batch that is computed in parts has one, the sum of
 * those of its parts, so that the parts' losses and gradients add up to those of the whole.
 *
 * @param chosen weight of all slots of all examples, repeated positions counted every time
 * @param distinct positions that were chosen at least once
 * @param candidates tokens that could have been chosen
 * @param tokens real tokens
 */
public record BatchTotals(double chosen, long distinct, long candidates, long tokens) {
  /** Added by the original to every divisor, so that an empty batch has loss 0. */
  private static final double EPSILON = 1e-6;

  /** The totals of one batch. */
  public static BatchTotals of(MaskedBatch batch) {
    long distinct = 0;
    for (int row = 0; row < batch.batch(); row++) {
      boolean[] seen = new boolean[batch.original().seq()];
      for (int slot = 0; slot < batch.slots(); slot++) {
        int position = batch.maskedPositions()[row][slot];
        if (position != 0 && !seen[position]) {
          seen[position] = true;
          distinct++;
        }
      }
    }
    return new BatchTotals(batch.chosen(), distinct, batch.candidateCount(), batch.tokens());
  }

  /** The totals of two parts of one batch. */
  public BatchTotals plus(BatchTotals other) {
    return new BatchTotals(
        chosen + other.chosen,
        distinct + other.distinct,
        candidates + other.candidates,
        tokens + other.tokens);
  }

  /** The share of the loss that one chosen slot has. */
  public double perChosen() {
    return 1 / (chosen + EPSILON);
  }

  /** The share of the loss that one chosen position has. */
  public double perDistinct() {
    return 1 / (distinct + EPSILON);
  }

  /** The share of the loss that one candidate has. */
  public double perCandidate() {
    return 1 / (candidates + EPSILON);
  }

  /** The share of the loss that one token has. */
  public double perToken() {
    return 1 / (tokens + EPSILON);
  }
}
