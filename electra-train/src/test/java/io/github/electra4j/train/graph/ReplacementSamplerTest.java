package io.github.electra4j.train.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.masking.ChiSquare;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Draws against the softmax, at a confidence of 99.99 %. */
class ReplacementSamplerTest {
  private static final float[] LOGITS = {0.3f, -2f, 1.7f, 0f, 0.9f, -0.4f, 2.2f, -1f};
  private static final int ROWS = 400;
  private static final int SLOTS = 50;

  private static MaskedBatch batch(int target, long salt) {
    int[][] ids = new int[ROWS][SLOTS + 1];
    int[][] positions = new int[ROWS][SLOTS];
    int[][] targets = new int[ROWS][SLOTS];
    float[][] weights = new float[ROWS][SLOTS];
    long[] seeds = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      Arrays.setAll(positions[row], slot -> slot + 1);
      Arrays.fill(targets[row], target);
      Arrays.fill(weights[row], 1f);
      weights[row][SLOTS - 1] = 0;
      seeds[row] = salt + row;
    }
    int[][] ones = new int[ROWS][SLOTS + 1];
    for (int[] row : ones) {
      Arrays.fill(row, 1);
    }
    return new MaskedBatch(
        new TokenBatch(ids, ones, new int[ROWS][SLOTS + 1]),
        ids,
        ones,
        positions,
        targets,
        weights,
        seeds);
  }

  private static SlotLogits logits() {
    float[][] rows = new float[ROWS * SLOTS][];
    Arrays.fill(rows, LOGITS);
    INDArray array = Nd4j.createFromArray(rows);
    return SlotLogits.inOrder(array, SLOTS);
  }

  private static long[] counts(ReplacementSampler sampler, SlotLogits logits, int target) {
    int[][] samples = sampler.draw(logits, batch(target, 1));
    long[] counts = new long[LOGITS.length];
    for (int[] row : samples) {
      assertEquals(0, row[SLOTS - 1], "an unused slot is not drawn");
      for (int slot = 0; slot < SLOTS - 1; slot++) {
        counts[row[slot]]++;
      }
    }
    return counts;
  }

  private static double[] softmax(double temperature, int excluded) {
    double[] weights = new double[LOGITS.length];
    double sum = 0;
    for (int id = 0; id < weights.length; id++) {
      weights[id] = id == excluded ? 0 : Math.exp(LOGITS[id] / temperature);
      sum += weights[id];
    }
    for (int id = 0; id < weights.length; id++) {
      weights[id] /= sum;
    }
    return weights;
  }

  @Test
  void replacementsFollowTheSoftmax() {
    ChiSquare.assertDrawnFrom(
        softmax(1, -1), counts(new ReplacementSampler(1, false), logits(), 2));
  }

  /** The original's way, {@code argmax(z − log(−log(u + 1e-9) + 1e-9))}, has the same shares. */
  @Test
  void gumbelsMaximumFollowsTheSoftmaxToo() {
    SplittableRandom random = new SplittableRandom(8);
    long[] counts = new long[LOGITS.length];
    for (int draw = 0; draw < ROWS * SLOTS; draw++) {
      int best = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int id = 0; id < LOGITS.length; id++) {
        double noisy = LOGITS[id] - Math.log(-Math.log(random.nextDouble() + 1e-9) + 1e-9);
        if (noisy > highest) {
          highest = noisy;
          best = id;
        }
      }
      counts[best]++;
    }
    ChiSquare.assertDrawnFrom(softmax(1, -1), counts);
  }

  @Test
  void temperatureSharpens() {
    ChiSquare.assertDrawnFrom(
        softmax(0.5, -1), counts(new ReplacementSampler(0.5, false), logits(), 2));
    assertThrows(
        AssertionError.class,
        () ->
            ChiSquare.assertDrawnFrom(
                softmax(1, -1), counts(new ReplacementSampler(0.5, false), logits(), 2)));
  }

  @Test
  void theOriginalTokenCanBeForbidden() {
    ChiSquare.assertDrawnFrom(softmax(1, 6), counts(new ReplacementSampler(1, true), logits(), 6));
  }

  @Test
  void aUniformGeneratorDrawsEveryTokenEquallyOften() {
    double[] uniform = new double[LOGITS.length];
    Arrays.fill(uniform, 1.0 / LOGITS.length);
    ChiSquare.assertDrawnFrom(
        uniform, counts(new ReplacementSampler(1, false), SlotLogits.zeros(LOGITS.length), 2));
    double[] butOne = new double[LOGITS.length];
    Arrays.fill(butOne, 1.0 / (LOGITS.length - 1));
    butOne[2] = 0;
    ChiSquare.assertDrawnFrom(
        butOne, counts(new ReplacementSampler(1, true), SlotLogits.zeros(LOGITS.length), 2));
  }

  @Test
  void theSameSeedsDrawTheSame() {
    ReplacementSampler sampler = new ReplacementSampler(1, false);
    assertArrayEquals(sampler.draw(logits(), batch(2, 9)), sampler.draw(logits(), batch(2, 9)));
  }
}
