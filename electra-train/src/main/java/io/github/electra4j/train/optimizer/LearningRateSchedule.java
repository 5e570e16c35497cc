package io.github.electra4j.train.optimizer;

/**
 * Polynomial decay to zero multiplied by a linear warm-up, as in google-research/electra
 * (model/optimization.py): {@code rate · (1 − min(step, total) / total)^power · min(1, step /
 * warmup)}. Decay does not wait for the end of the warm-up, and the first step has rate 0. The
 * arithmetic is single precision, as the original's.
 *
 * @param rate peak that the warm-up approaches, above 0
 * @param totalSteps step at which the rate reaches 0, at least 1
 * @param warmupSteps length of the warm-up, not rounded, at least 0; 0 means none
 * @param power exponent of the decay; 1 is linear
 * @param lead updates by which the rate runs ahead: 0 as described, so that the first update has
 *     rate 0; 1 where the counter is read after its increment, as happens when TensorFlow 2
 *     executes the original's graph
 */
public record LearningRateSchedule(
    double rate, long totalSteps, double warmupSteps, double power, int lead) {
  /** Checks every component. */
  public LearningRateSchedule {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "The learning rate is %s; choose a number above 0, such as 1e-4".formatted(rate));
    }
    if (totalSteps < 1) {
      throw new IllegalArgumentException(
          "LearningRateSchedule.totalSteps is %d; it must be at least 1".formatted(totalSteps));
    }
    if (!(warmupSteps >= 0) || !(power >= 0) || lead < 0) {
      throw new IllegalArgumentException(
          "LearningRateSchedule has warm-up %s, power %s and lead %d; all must be at least 0"
              .formatted(warmupSteps, power, lead));
    }
  }

  /** Linear decay with a warm-up over a share of all steps, as fine-tuning has it. */
  public static LearningRateSchedule linear(double rate, long totalSteps, double warmupProportion) {
    return new LearningRateSchedule(rate, totalSteps, totalSteps * warmupProportion, 1, 0);
  }

  /** The same schedule, running ahead by {@code updates}. */
  public LearningRateSchedule leading(int updates) {
    return new LearningRateSchedule(rate, totalSteps, warmupSteps, power, updates);
  }

  /**
   * The rate of an update.
   *
   * @param updates made before this one, from 0
   */
  public float at(long updates) {
    long step = updates + lead;
    float done = Math.min(step, totalSteps) / (float) totalSteps;
    float left = 1 - done;
    float decayed = (float) rate * (power == 1 ? left : (float) Math.pow(left, power));
    return warmupSteps == 0 ? decayed : decayed * Math.min(1f, step / (float) warmupSteps);
  }
}
