package io.github.electra4j.train.graph;

import io.github.electra4j.train.masking.Draws;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws replacements from the softmax of the generator's logits. The original adds Gumbel noise and
 * takes the largest sum, which is the same distribution; here one uniform number per slot picks a
 * place on the cumulated probabilities, which needs one exponential per logit and no logarithm.
 *
 * <p>The draws of an example depend only on {@link MaskedBatch#drawSeeds} and the logits.
 *
 * @param temperature divides the logits, above 0
 * @param disallowCorrect whether the original token cannot be drawn
 */
public record ReplacementSampler(double temperature, boolean disallowCorrect)
    implements Replacements {

  /** What the original takes off the logit of the right token: its probability becomes 0. */
  private static final double PENALTY = 1000;

  /** The sampler of an objective. */
  public static ReplacementSampler of(PretrainObjective objective) {
    return new ReplacementSampler(objective.temperature(), objective.disallowCorrect());
  }

  @Override
  public int[][] draw(SlotLogits logits, MaskedBatch batch) {
    int[][] samples = new int[batch.batch()][];
    IntStream.range(0, samples.length)
        .parallel()
        .forEach(row -> samples[row] = drawRow(logits, batch, row));
    return samples;
  }

  private int[] drawRow(SlotLogits logits, MaskedBatch batch, int row) {
    int[] samples = new int[batch.slots()];
    SplittableRandom random = Draws.of(batch.drawSeeds()[row]);
    double[] buffer = new double[logits.vocab()];
    for (int slot = 0; slot < samples.length; slot++) {
      double uniform = random.nextDouble();
      if (batch.maskedWeights()[row][slot] == 0) {
        continue;
      }
      if (logits.areZero() && !disallowCorrect) {
        samples[slot] = (int) (uniform * logits.vocab());
      } else {
        logits.read(row, slot, buffer);
        samples[slot] = pick(buffer, batch.maskedIds()[row][slot], uniform);
      }
    }
    return samples;
  }

  private int pick(double[] logits, int target, double uniform) {
    double max = Double.NEGATIVE_INFINITY;
    for (int id = 0; id < logits.length; id++) {
      logits[id] /= temperature;
      if (disallowCorrect && id == target) {
        logits[id] -= PENALTY;
      }
      max = Math.max(max, logits[id]);
    }
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      sum += Math.exp(logits[id] - max);
      logits[id] = sum;
    }
    return firstAbove(logits, uniform * sum);
  }

  /** The first place whose cumulated weight is above {@code threshold}. */
  private static int firstAbove(double[] cumulated, double threshold) {
    int low = 0;
    int high = cumulated.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulated[middle] > threshold) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
