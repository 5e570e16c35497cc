package io.github.electra4j.train.masking;

import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Chooses the positions that the generator has to predict, anew in every epoch. What it chooses in
 * an example depends only on the seed, the epoch and the example.
 *
 * <pre>{@code
 * MaskedBatch masked = new Masker(rules, 7).mask(batch, epochs, exampleNumbers);
 * }</pre>
 */
public final class Masker {
  /** Share of the chosen positions that the generator sees as {@code [MASK]}. */
  private static final double HIDDEN = 0.85;

  private static final long POSITIONS = 1;
  private static final long REPLACEMENTS = 2;

  private final MaskingRules rules;
  private final long seed;

  /** A masker; the same seed chooses the same positions. */
  public Masker(MaskingRules rules, long seed) {
    this.rules = rules;
    this.seed = seed;
  }

  /**
   * Masks a batch. An example without any candidate gets no masked position; the original computes
   * NaN there.
   *
   * @param epochs in which pass over the data each example is seen, [batch]
   * @param examples a number that tells each example from all others, [batch]
   */
  public MaskedBatch mask(TokenBatch batch, long[] epochs, long[] examples) {
    int rows = batch.batch();
    if (epochs.length != rows || examples.length != rows) {
      throw new IllegalArgumentException(
          "There are %d epochs and %d example numbers for %d examples"
              .formatted(epochs.length, examples.length, rows));
    }
    int[][] candidates = new int[rows][];
    int[][] inputIds = new int[rows][];
    int[][] maskedPositions = new int[rows][];
    int[][] maskedIds = new int[rows][];
    float[][] maskedWeights = new float[rows][rules.maxPredictions()];
    long[] drawSeeds = new long[rows];
    for (int row = 0; row < rows; row++) {
      int[] ids = batch.inputIds()[row];
      int[] mask = batch.attentionMask()[row];
      SplittableRandom random = Draws.of(Draws.mix(seed, epochs[row], examples[row], POSITIONS));
      candidates[row] = candidates(ids, mask);
      int[] chosen = choose(candidates[row], Arrays.stream(mask).sum(), random);
      maskedPositions[row] = Arrays.copyOf(chosen, rules.maxPredictions());
      maskedIds[row] = new int[rules.maxPredictions()];
      for (int slot = 0; slot < chosen.length; slot++) {
        maskedIds[row][slot] = ids[chosen[slot]];
      }
      Arrays.fill(maskedWeights[row], 0, chosen.length, 1f);
      inputIds[row] = hide(ids, maskedPositions[row], chosen.length, random);
      drawSeeds[row] = Draws.mix(seed, epochs[row], examples[row], REPLACEMENTS);
    }
    return new MaskedBatch(
        batch, inputIds, candidates, maskedPositions, maskedIds, maskedWeights, drawSeeds);
  }

  /** 1 for every real token that is not special, [seq]. */
  private int[] candidates(int[] ids, int[] mask) {
    int[] candidates = new int[ids.length];
    for (int at = 0; at < ids.length; at++) {
      candidates[at] = mask[at] == 1 && rules.isCandidate(ids[at]) ? 1 : 0;
    }
    return candidates;
  }

  private int[] choose(int[] candidates, int tokens, SplittableRandom random) {
    int[] pool = new int[candidates.length];
    int size = 0;
    for (int at = 0; at < candidates.length; at++) {
      if (candidates[at] == 1) {
        pool[size++] = at;
      }
    }
    if (size == 0) {
      return new int[0];
    }
    int count = rules.distinct() ? Math.min(size, rules.count(tokens)) : rules.count(tokens);
    int[] chosen = new int[count];
    for (int slot = 0; slot < count; slot++) {
      int drawn = random.nextInt(size);
      chosen[slot] = pool[drawn];
      if (rules.distinct()) {
        pool[drawn] = pool[--size];
      }
    }
    return chosen;
  }

  private int[] hide(int[] ids, int[] positions, int used, SplittableRandom random) {
    int[] hidden = new int[positions.length];
    for (int slot = 0; slot < used; slot++) {
      hidden[slot] = random.nextDouble() < HIDDEN ? positions[slot] : 0;
    }
    int[] masks = new int[positions.length];
    Arrays.fill(masks, rules.maskId());
    return PositionUpdate.of(ids, hidden, masks).ids();
  }
}
