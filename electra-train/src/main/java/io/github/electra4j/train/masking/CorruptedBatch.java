package io.github.electra4j.train.masking;

import io.github.electra4j.model.TokenBatch;

/**
 * What the discriminator reads and should answer.
 *
 * @param tokens the text with the generator's samples at the chosen positions, [batch, seq]
 * @param updated 1 at the chosen positions, else 0, [batch, seq]
 * @param labels 1 where a token counts as replaced, else 0, [batch, seq]
 */
public record CorruptedBatch(TokenBatch tokens, int[][] updated, int[][] labels) {

  /**
   * Puts samples in place.
   *
   * @param samples an id for every slot, [batch, slots]
   * @param sampledIsReplaced whether every chosen position counts as replaced (Electric), even
   *     where the sample is the original token; otherwise such a token counts as original (ELECTRA)
   */
  public static CorruptedBatch of(MaskedBatch batch, int[][] samples, boolean sampledIsReplaced) {
    TokenBatch original = batch.original();
    int[][] ids = new int[batch.batch()][];
    int[][] updated = new int[batch.batch()][];
    int[][] labels = new int[batch.batch()][original.seq()];
    for (int row = 0; row < ids.length; row++) {
      int[] text = original.inputIds()[row];
      PositionUpdate update = PositionUpdate.of(text, batch.maskedPositions()[row], samples[row]);
      ids[row] = update.ids();
      updated[row] = update.updated();
      for (int at = 0; at < text.length; at++) {
        boolean replaced = sampledIsReplaced || ids[row][at] != text[at];
        labels[row][at] = replaced ? updated[row][at] : 0;
      }
    }
    TokenBatch tokens = new TokenBatch(ids, original.attentionMask(), original.tokenTypeIds());
    return new CorruptedBatch(tokens, updated, labels);
  }
}
