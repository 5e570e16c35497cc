package io.github.electra4j.train.masking;

import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;

/**
 * A batch with chosen positions. Every example has the same number of slots; unused ones have
 * position 0, id 0 and weight 0.
 *
 * @param original the text, [batch, seq]
 * @param inputIds what the generator reads: the text with {@code [MASK]} at most of the chosen
 *     positions, [batch, seq]
 * @param candidates 1 where a token could have been chosen, else 0, [batch, seq]
 * @param maskedPositions chosen positions, [batch, slots]
 * @param maskedIds the original id at each chosen position, [batch, slots]
 * @param maskedWeights 1 for a used slot, else 0, [batch, slots]
 * @param drawSeeds seed of the replacements of each example, [batch]
 */
public record MaskedBatch(
    TokenBatch original,
    int[][] inputIds,
    int[][] candidates,
    int[][] maskedPositions,
    int[][] maskedIds,
    float[][] maskedWeights,
    long[] drawSeeds) {

  /** Checks that all parts have the same number of rows. */
  public MaskedBatch {
    int batch = original.batch();
    if (inputIds.length != batch
        || candidates.length != batch
        || maskedPositions.length != batch
        || maskedIds.length != batch
        || maskedWeights.length != batch
        || drawSeeds.length != batch) {
      throw new IllegalArgumentException(
          "MaskedBatch needs %d rows in every part, but they have %s"
              .formatted(
                  batch,
                  Arrays.toString(
                      new int[] {
                        inputIds.length,
                        candidates.length,
                        maskedPositions.length,
                        maskedIds.length,
                        maskedWeights.length,
                        drawSeeds.length
                      })));
    }
  }

  /** The text as the generator reads it. */
  public TokenBatch masked() {
    return new TokenBatch(inputIds, original.attentionMask(), original.tokenTypeIds());
  }

  /** Number of examples. */
  public int batch() {
    return original.batch();
  }

  /** Slots per example. */
  public int slots() {
    return maskedPositions[0].length;
  }

  /** Sum of the weights: chosen positions, repeated ones counted as often as they were chosen. */
  public double chosen() {
    double sum = 0;
    for (float[] row : maskedWeights) {
      for (float weight : row) {
        sum += weight;
      }
    }
    return sum;
  }

  /** Number of tokens that could have been chosen. */
  public long candidateCount() {
    return ones(candidates);
  }

  /** Number of real tokens. */
  public long tokens() {
    return ones(original.attentionMask());
  }

  private static long ones(int[][] rows) {
    return Arrays.stream(rows).mapToLong(row -> Arrays.stream(row).sum()).sum();
  }
}
