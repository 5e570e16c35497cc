package io.github.electra4j.train.pretrain;

import io.github.electra4j.train.masking.MaskedBatch;
import java.util.Arrays;

/**
 * The loss of a masked language model that uses no context: it knows how frequent every token is,
 * and repeats those of the chosen tokens that it reads unmasked. A generator starts above it, sinks
 * to it within some hundred updates, and is below it only when its attention has begun to work,
 * which in a small run may take thousands.
 *
 * <p>The frequencies are those of the evaluated text itself; in a short text that makes the value a
 * little too low, by about {@code distinct tokens / (2 · tokens)}.
 */
final class UnigramLoss {
  private final boolean readsChosen;
  private long[] occurrences = new long[0];
  private long[] hidden = new long[0];
  private long slots;

  /**
   * @param readsChosen whether the generator reads the chosen tokens that were not masked; one of
   *     two towers does not
   */
  UnigramLoss(boolean readsChosen) {
    this.readsChosen = readsChosen;
  }

  void add(MaskedBatch batch) {
    for (int row = 0; row < batch.batch(); row++) {
      int[] tokens = batch.original().inputIds()[row];
      for (int at = 0; at < tokens.length; at++) {
        if (batch.candidates()[row][at] == 1) {
          occurrences = counted(occurrences, tokens[at]);
        }
      }
      for (int slot = 0; slot < batch.slots(); slot++) {
        if (batch.weights()[row][slot] > 0) {
          int target = batch.targets()[row][slot];
          int read = batch.maskedIds()[row][batch.positions()[row][slot]];
          slots++;
          if (read != target || !readsChosen) {
            hidden = counted(hidden, target);
          }
        }
      }
    }
  }

  private static long[] counted(long[] counts, int id) {
    long[] wide = id < counts.length ? counts : Arrays.copyOf(counts, Math.max(id + 1, 2 * id));
    wide[id]++;
    return wide;
  }

  /** Negative log-likelihood of the original token in nats, mean over the chosen positions. */
  double mean() {
    double total = Arrays.stream(occurrences).sum();
    double sum = 0;
    for (int id = 0; id < hidden.length; id++) {
      if (hidden[id] > 0) {
        sum -= hidden[id] * Math.log(occurrences[id] / total);
      }
    }
    return slots == 0 ? 0 : sum / slots;
  }
}
