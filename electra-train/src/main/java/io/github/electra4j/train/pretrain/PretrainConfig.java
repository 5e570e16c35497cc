package io.github.electra4j.train.pretrain;

import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.masking.MaskingRules;
import io.github.electra4j.train.optimizer.LearningRateSchedule;
import java.util.Objects;

/**
 * The choices of pre-training, with the original's defaults (configure_pretraining.py).
 *
 * @param objective what is minimised
 * @param learningRate peak that the warm-up approaches, above 0
 * @param decayPower exponent of the decay; 1 is linear
 * @param weightDecay decoupled decay per unit of learning rate, at least 0
 * @param warmupSteps updates over which the rate rises, at least 0
 * @param totalSteps updates of the whole run, at least 1
 * @param batchSize examples per update
 * @param microBatch examples computed at a time, at most {@code batchSize}; gradients are added up
 * @param distinctMasks whether masked positions of an example differ; the original's may repeat
 * @param seed of new weights, of the order of the examples, of masks, replacements and dropout
 */
public record PretrainConfig(
    PretrainObjective objective,
    double learningRate,
    double decayPower,
    double weightDecay,
    long warmupSteps,
    long totalSteps,
    int batchSize,
    int microBatch,
    boolean distinctMasks,
    long seed) {

  /** Checks every field. */
  public PretrainConfig {
    Objects.requireNonNull(objective, "objective");
    require(learningRate > 0 && learningRate < 1, "learningRate", learningRate, "in (0, 1)");
    require(decayPower >= 0 && decayPower < 100, "decayPower", decayPower, "at least 0");
    require(weightDecay >= 0 && weightDecay < 1, "weightDecay", weightDecay, "in [0, 1)");
    require(warmupSteps >= 0, "warmupSteps", warmupSteps, "at least 0");
    require(totalSteps >= 1, "totalSteps", totalSteps, "at least 1");
    require(batchSize >= 1, "batchSize", batchSize, "at least 1");
    require(
        microBatch >= 1 && microBatch <= batchSize,
        "microBatch",
        microBatch,
        "from 1 to batchSize, %d".formatted(batchSize));
  }

  /**
   * The original's defaults, which are those of the small model: learning rate 5e-4 over a million
   * updates of 128 examples, 10,000 of them warm-up.
   */
  public static PretrainConfig defaults() {
    return new PretrainConfig(
        PretrainObjective.of(PretrainObjective.Kind.ELECTRA),
        5e-4,
        1,
        0.01,
        10_000,
        1_000_000,
        128,
        128,
        false,
        0);
  }

  /** The same choices with another objective. */
  public PretrainConfig withObjective(PretrainObjective other) {
    return new PretrainConfig(
        other,
        learningRate,
        decayPower,
        weightDecay,
        warmupSteps,
        totalSteps,
        batchSize,
        microBatch,
        distinctMasks,
        seed);
  }

  /** The same choices with another schedule: peak rate, length of warm-up and of the run. */
  public PretrainConfig withSchedule(double peak, long warmup, long total) {
    return new PretrainConfig(
        objective,
        peak,
        decayPower,
        weightDecay,
        warmup,
        total,
        batchSize,
        microBatch,
        distinctMasks,
        seed);
  }

  /** The same choices with another exponent of the rate's decay and another weight decay. */
  public PretrainConfig withDecay(double ratePower, double ofWeights) {
    return new PretrainConfig(
        objective,
        learningRate,
        ratePower,
        ofWeights,
        warmupSteps,
        totalSteps,
        batchSize,
        microBatch,
        distinctMasks,
        seed);
  }

  /** The same choices with other batches, computed {@code atATime} examples at a time. */
  public PretrainConfig withBatch(int examples, int atATime) {
    return new PretrainConfig(
        objective,
        learningRate,
        decayPower,
        weightDecay,
        warmupSteps,
        totalSteps,
        examples,
        atATime,
        distinctMasks,
        seed);
  }

  /** The same choices with or without repeated masked positions. */
  public PretrainConfig withDistinctMasks(boolean distinct) {
    return new PretrainConfig(
        objective,
        learningRate,
        decayPower,
        weightDecay,
        warmupSteps,
        totalSteps,
        batchSize,
        microBatch,
        distinct,
        seed);
  }

  /** The same choices with another seed. */
  public PretrainConfig withSeed(long other) {
    return new PretrainConfig(
        objective,
        learningRate,
        decayPower,
        weightDecay,
        warmupSteps,
        totalSteps,
        batchSize,
        microBatch,
        distinctMasks,
        other);
  }

  /** The learning rate of every update. */
  public LearningRateSchedule schedule() {
    return new LearningRateSchedule(learningRate, totalSteps, warmupSteps, decayPower, 0);
  }

  /** How positions are masked in sequences of {@code length} tokens. */
  public MaskingRules maskingRules(MaskingRules.SpecialIds special, int length) {
    return MaskingRules.of(special, objective.maskProbability(), length)
        .withDistinct(distinctMasks);
  }

  private static void require(boolean holds, String field, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "PretrainConfig.%s is %s; it must be %s".formatted(field, value, range));
    }
  }
}
