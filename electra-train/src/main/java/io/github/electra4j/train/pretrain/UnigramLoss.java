package io.github.electra4j.train.pretrain;

import io.github.electra4j.train.masking.MaskedBatch;

/**
 * The loss of a masked language model that uses no context: it knows how frequent every token is in
 * the text that was learnt from, and repeats those of the chosen tokens that it reads unmasked. A
 * generator starts above it, sinks to it within some hundred updates, and is below it only when its
 * attention has begun to work, which in a small run may take thousands.
 */
final class UnigramLoss {
  private final TokenFrequencies frequencies;
  private final boolean readsChosen;
  private double sum;
  private long slots;

  /**
   * @param readsChosen whether the generator reads the chosen tokens that were not masked; one of
   *     two towers does not
   */
  UnigramLoss(TokenFrequencies frequencies, boolean readsChosen) {
    this.frequencies = frequencies;
    this.readsChosen = readsChosen;
  }

  void add(MaskedBatch batch) {
    for (int row = 0; row < batch.batch(); row++) {
      for (int slot = 0; slot < batch.slots(); slot++) {
        if (batch.maskedWeights()[row][slot] > 0) {
          int target = batch.maskedIds()[row][slot];
          int read = batch.inputIds()[row][batch.maskedPositions()[row][slot]];
          slots++;
          sum -= read == target && readsChosen ? 0 : frequencies.logShare(target);
        }
      }
    }
  }

  /** Negative log-likelihood of the original token in nats, mean over the chosen positions. */
  double mean() {
    return slots == 0 ? 0 : sum / slots;
  }
}
