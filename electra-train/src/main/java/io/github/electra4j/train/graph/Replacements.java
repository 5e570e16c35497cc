package io.github.electra4j.train.graph;

import io.github.electra4j.train.masking.MaskedBatch;

/** Where the tokens come from that replace the chosen ones. */
@FunctionalInterface
public interface Replacements {
  /**
   * A token for every slot.
   *
   * @param logits of the generator, valid during the call only
   * @return ids, [batch, slots]; those of unused slots are ignored
   */
  int[][] draw(SlotLogits logits, MaskedBatch batch);
}
