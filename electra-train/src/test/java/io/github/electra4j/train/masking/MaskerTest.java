package io.github.electra4j.train.masking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskerTest {
  private static final MaskingRules.SpecialIds SPECIAL = new MaskingRules.SpecialIds(2, 3, 4);
  private static final MaskingRules RULES = MaskingRules.of(SPECIAL, 0.15, 128);

  /** {@code [CLS] … [SEP]} of so many real tokens, padded to {@code seq}. */
  private static TokenBatch text(int tokens, int seq) {
    int[] ids = new int[seq];
    int[] mask = new int[seq];
    for (int at = 0; at < tokens; at++) {
      ids[at] = at == 0 ? 2 : at == tokens - 1 ? 3 : 10 + at;
      mask[at] = 1;
    }
    return new TokenBatch(new int[][] {ids}, new int[][] {mask}, new int[][] {new int[seq]});
  }

  private static MaskedBatch mask(MaskingRules rules, TokenBatch text, long epoch) {
    return new Masker(rules, 17).mask(text, new long[] {epoch}, new long[] {5});
  }

  @Test
  void theNumberOfMasksIsRoundedHalfToEven() {
    int[][] expected = {
      {6, 1}, {8, 1}, {10, 2}, {20, 3}, {30, 4}, {50, 8}, {70, 10}, {90, 14}, {110, 16}, {128, 19}
    };
    for (int[] pair : expected) {
      assertEquals(pair[1], RULES.count(pair[0]), pair[0] + " tokens");
    }
    MaskingRules longer = MaskingRules.of(SPECIAL, 0.15, 512);
    assertEquals(38, longer.count(256));
    assertEquals(58, longer.count(384));
    assertEquals(77, longer.count(512));
    assertEquals(1, RULES.count(2));
  }

  @Test
  void theNumberOfSlotsIsTheOriginals() {
    assertEquals(19, MaskingRules.maxPredictions(0.15, 128));
    assertEquals(39, MaskingRules.maxPredictions(0.15, 256));
    assertEquals(59, MaskingRules.maxPredictions(0.15, 384));
    assertEquals(79, MaskingRules.maxPredictions(0.15, 512));
    assertEquals(130, MaskingRules.maxPredictions(0.25, 512));
    assertEquals(32, MaskingRules.maxPredictions(0.25, 128));
  }

  @Test
  void whatIsMaskedDependsOnSeedEpochAndExampleOnly() {
    TokenBatch text = text(100, 128);
    TokenBatch two =
        new TokenBatch(
            new int[][] {text(50, 128).inputIds()[0], text.inputIds()[0]},
            new int[][] {text(50, 128).attentionMask()[0], text.attentionMask()[0]},
            new int[2][128]);
    MaskedBatch alone = mask(RULES, text, 3);
    MaskedBatch second = new Masker(RULES, 17).mask(two, new long[] {0, 3}, new long[] {9, 5});
    assertArrayEquals(alone.maskedPositions()[0], second.maskedPositions()[1]);
    assertArrayEquals(alone.inputIds()[0], second.inputIds()[1]);
    assertEquals(alone.drawSeeds()[0], second.drawSeeds()[1]);
    assertFalse(
        Arrays.equals(alone.maskedPositions()[0], mask(RULES, text, 4).maskedPositions()[0]));
    MaskedBatch otherSeed = new Masker(RULES, 18).mask(text, new long[] {3}, new long[] {5});
    assertFalse(Arrays.equals(alone.maskedPositions()[0], otherSeed.maskedPositions()[0]));
    MaskedBatch otherExample = new Masker(RULES, 17).mask(text, new long[] {3}, new long[] {6});
    assertFalse(Arrays.equals(alone.maskedPositions()[0], otherExample.maskedPositions()[0]));
  }

  @Test
  void slotsHoldTheOriginalTokensAndUnusedOnesNothing() {
    MaskedBatch batch = mask(RULES, text(50, 128), 0);
    assertEquals(19, batch.slots());
    assertEquals(8, batch.chosen());
    assertEquals(48, batch.candidateCount());
    assertEquals(50, batch.tokens());
    int[] ids = batch.original().inputIds()[0];
    for (int slot = 0; slot < 19; slot++) {
      int position = batch.maskedPositions()[0][slot];
      if (slot < 8) {
        assertTrue(position > 0 && position < 49, "position " + position);
        assertEquals(ids[position], batch.maskedIds()[0][slot]);
        assertEquals(1, batch.maskedWeights()[0][slot]);
      } else {
        assertEquals(0, position);
        assertEquals(0, batch.maskedIds()[0][slot]);
        assertEquals(0, batch.maskedWeights()[0][slot]);
      }
    }
    for (int at = 0; at < 128; at++) {
      int here = at;
      boolean chosen = IntStream.of(batch.maskedPositions()[0]).anyMatch(p -> p == here && p != 0);
      int id = batch.inputIds()[0][at];
      assertTrue(chosen ? id == 4 || id == ids[at] : id == ids[at], "token " + at);
    }
  }

  /** Positions of 12 candidates in 20,000 epochs, uniform at a confidence of 99.99 %. */
  @Test
  void everyCandidateIsDrawnEquallyOften() {
    MaskingRules rules = MaskingRules.of(SPECIAL, 0.15, 20);
    long[] counts = new long[20];
    TokenBatch text = text(14, 20);
    for (int epoch = 0; epoch < 20_000; epoch++) {
      MaskedBatch batch = mask(rules, text, epoch);
      for (int slot = 0; slot < 2; slot++) {
        counts[batch.maskedPositions()[0][slot]]++;
      }
    }
    double[] uniform = new double[20];
    Arrays.fill(uniform, 1, 13, 1 / 12.0);
    ChiSquare.assertDrawnFrom(uniform, counts);
  }

  /** Pairs of slots are independent: the same position twice one time in twelve. */
  @Test
  void positionsAreDrawnWithReplacementUnlessDistinct() {
    MaskingRules rules = MaskingRules.of(SPECIAL, 0.15, 20);
    TokenBatch text = text(14, 20);
    long[] same = new long[2];
    for (int epoch = 0; epoch < 20_000; epoch++) {
      int[] drawn = mask(rules, text, epoch).maskedPositions()[0];
      same[drawn[0] == drawn[1] ? 1 : 0]++;
      int[] distinct = mask(rules.withDistinct(true), text, epoch).maskedPositions()[0];
      assertTrue(distinct[0] != distinct[1]);
    }
    ChiSquare.assertDrawnFrom(new double[] {11 / 12.0, 1 / 12.0}, same);
  }

  /** One slot per example, 20,000 examples, at a confidence of 99.99 %. */
  @Test
  void fifteenPercentOfTheChosenTokensStayVisible() {
    MaskingRules rules = MaskingRules.of(SPECIAL, 0.15, 8);
    long[] hidden = new long[2];
    TokenBatch text = text(8, 8);
    for (int epoch = 0; epoch < 20_000; epoch++) {
      MaskedBatch batch = mask(rules, text, epoch);
      hidden[batch.inputIds()[0][batch.maskedPositions()[0][0]] == 4 ? 1 : 0]++;
    }
    ChiSquare.assertDrawnFrom(new double[] {0.15, 0.85}, hidden);
  }

  @Test
  void aFullExampleHasAsManyDistinctPositionsAsChanceSays() {
    double sum = 0;
    int epochs = 4_000;
    for (int epoch = 0; epoch < epochs; epoch++) {
      sum += BatchTotals.of(mask(RULES, text(128, 128), epoch)).distinct();
    }
    double expected = 126 * (1 - Math.pow(125 / 126.0, 19)); // 17.7
    assertEquals(expected, sum / epochs, 0.07); // four standard errors
  }

  @Test
  void anExampleWithoutCandidatesGetsNoMasks() {
    MaskedBatch batch = mask(RULES, text(2, 128), 0);
    assertEquals(0, batch.chosen());
    assertArrayEquals(batch.original().inputIds()[0], batch.inputIds()[0]);
    assertEquals(0, BatchTotals.of(batch).distinct());
  }

  @Test
  void distinctMasksNeverExceedTheCandidates() {
    MaskingRules many = new MaskingRules(2, 3, 4, 0.9, 10, true);
    MaskedBatch batch = mask(many, text(6, 16), 1);
    assertEquals(4, batch.chosen());
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> MaskingRules.of(SPECIAL, 0, 128));
    assertThrows(IllegalArgumentException.class, () -> MaskingRules.of(SPECIAL, 0.15, 6));
    assertThrows(IllegalArgumentException.class, () -> new MaskingRules(-1, 3, 4, 0.15, 19, false));
    Masker masker = new Masker(RULES, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> masker.mask(text(5, 8), new long[] {1, 2}, new long[] {1}));
  }
}
