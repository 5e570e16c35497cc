package io.github.electra4j.train;

import io.github.electra4j.model.ElectraConfig;

/**
 * The choices of fine-tuning, with the original's defaults (finetune/configure_finetuning.py).
 *
 * @param learningRate peak of the schedule, above 0
 * @param weightDecay decoupled decay per unit of learning rate, at least 0
 * @param layerwiseDecay factor on the learning rate from one layer to the one below, in (0, 1]
 * @param warmupProportion share of the steps over which the rate rises, in [0, 1)
 * @param epochs passes over the data, above 0; a fraction is allowed
 * @param batchSize examples per step
 * @param maxSeqLength most tokens of an example, special tokens included
 * @param headDropout share of the {@code [CLS]} vector dropped before the head, in [0, 1)
 * @param seed of new weights, of the order of the examples and of dropout
 */
public record FineTuneConfig(
    double learningRate,
    double weightDecay,
    double layerwiseDecay,
    double warmupProportion,
    double epochs,
    int batchSize,
    int maxSeqLength,
    double headDropout,
    long seed) {

  private static final int LARGE_HIDDEN_SIZE = 1024;

  /** Checks every field. */
  public FineTuneConfig {
    require(learningRate > 0 && learningRate < 1, "learningRate", learningRate, "in (0, 1)");
    require(weightDecay >= 0 && weightDecay < 1, "weightDecay", weightDecay, "in [0, 1)");
    require(
        layerwiseDecay > 0 && layerwiseDecay <= 1, "layerwiseDecay", layerwiseDecay, "in (0, 1]");
    require(
        warmupProportion >= 0 && warmupProportion < 1,
        "warmupProportion",
        warmupProportion,
        "in [0, 1)");
    require(epochs > 0 && epochs <= 10_000, "epochs", epochs, "above 0");
    require(batchSize >= 1, "batchSize", batchSize, "at least 1");
    require(maxSeqLength >= 4, "maxSeqLength", maxSeqLength, "at least 4");
    require(headDropout >= 0 && headDropout < 1, "headDropout", headDropout, "in [0, 1)");
  }

  /**
   * The original's defaults: learning rate 1e-4 and layer-wise decay 0.8, for the large model 5e-5
   * and 0.9; 3 epochs, batches of 32, 128 tokens.
   */
  public static FineTuneConfig defaultsFor(ElectraConfig model) {
    boolean large = model.encoder().hiddenSize() >= LARGE_HIDDEN_SIZE;
    return new FineTuneConfig(
        large ? 5e-5 : 1e-4, 0.01, large ? 0.9 : 0.8, 0.1, 3, 32, 128, 0.1, 0);
  }

  /** The same choices with another number of passes over the data. */
  public FineTuneConfig withEpochs(double number) {
    return new FineTuneConfig(
        learningRate,
        weightDecay,
        layerwiseDecay,
        warmupProportion,
        number,
        batchSize,
        maxSeqLength,
        headDropout,
        seed);
  }

  /** The same choices with another peak of the learning rate. */
  public FineTuneConfig withLearningRate(double other) {
    return new FineTuneConfig(
        other,
        weightDecay,
        layerwiseDecay,
        warmupProportion,
        epochs,
        batchSize,
        maxSeqLength,
        headDropout,
        seed);
  }

  /** The same choices with batches of another size. */
  public FineTuneConfig withBatchSize(int other) {
    return new FineTuneConfig(
        learningRate,
        weightDecay,
        layerwiseDecay,
        warmupProportion,
        epochs,
        other,
        maxSeqLength,
        headDropout,
        seed);
  }

  /** The same choices with another limit on the tokens of an example. */
  public FineTuneConfig withMaxSeqLength(int other) {
    return new FineTuneConfig(
        learningRate,
        weightDecay,
        layerwiseDecay,
        warmupProportion,
        epochs,
        batchSize,
        other,
        headDropout,
        seed);
  }

  /** The same choices with another seed. */
  public FineTuneConfig withSeed(long other) {
    return new FineTuneConfig(
        learningRate,
        weightDecay,
        layerwiseDecay,
        warmupProportion,
        epochs,
        batchSize,
        maxSeqLength,
        headDropout,
        other);
  }

  /** Batches in one pass over so many examples; the last may be smaller. */
  public long stepsPerEpoch(int examples) {
    return (examples + batchSize - 1L) / batchSize;
  }

  /** Updates of the whole run, at least 1. */
  public long totalSteps(int examples) {
    return Math.max(1, (long) (stepsPerEpoch(examples) * epochs));
  }

  private static void require(boolean holds, String field, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "FineTuneConfig.%s is %s; it must be %s".formatted(field, value, range));
    }
  }
}
