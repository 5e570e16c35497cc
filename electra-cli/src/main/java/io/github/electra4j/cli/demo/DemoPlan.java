package io.github.electra4j.cli.demo;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.pretrain.PretrainConfig;
import java.util.Optional;

/**
 * How much the demo does. All other choices, which are the same in the long and the short form, are
 * made here, too.
 *
 * @param seed of the world, the weights and everything else
 * @param passages of text to learn from
 * @param pretrainSteps updates of pre-training
 * @param fineTuneSteps updates of each fine-tuning run
 * @param taughtExamples examples of a task to learn from
 * @param testExamples examples of a task to be judged by
 * @param repetitions fine-tuning runs from the same weights, which differ by their seeds
 */
public record DemoPlan(
    long seed,
    int passages,
    int pretrainSteps,
    int fineTuneSteps,
    int taughtExamples,
    int testExamples,
    int repetitions) {
  /** Pieces of the vocabulary. */
  static final int VOCABULARY = 512;

  /** Most tokens of a sequence. */
  static final int LENGTH = 24;

  /**
   * The generator soon knows the trades so well that its words fit, and what fits cannot be told
   * from the original. Drawn at this temperature, they often do not.
   */
  private static final double TEMPERATURE = 2;

  private static final int POSITIONS = 32;
  private static final int BATCH = 32;

  /** Checks every number. */
  public DemoPlan {
    requirePositive("passages", passages);
    requirePositive("pretrainSteps", pretrainSteps);
    requirePositive("fineTuneSteps", fineTuneSteps);
    requirePositive("taughtExamples", taughtExamples);
    requirePositive("testExamples", testExamples);
    requirePositive("repetitions", repetitions);
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "DemoPlan.%s is %d; it must be at least 1".formatted(field, value));
    }
  }

  /** What takes two to three minutes on two cores. */
  public static DemoPlan full(long seed) {
    return new DemoPlan(seed, 10_000, 1_500, 120, 400, 400, 3);
  }

  /** The same in a shortened form. */
  public static DemoPlan quick(long seed) {
    return new DemoPlan(seed, 6_000, 1_000, 120, 400, 300, 1);
  }

  /** The architecture, for a vocabulary of so many pieces. */
  ElectraConfig model(int pieces) {
    EncoderConfig encoder = new EncoderConfig(64, 2, 4, 256, 0, 0);
    EncoderConfig generator = new EncoderConfig(64, 1, 4, 256, 0, 0);
    return new ElectraConfig(
        pieces,
        64,
        POSITIONS,
        2,
        0.08,
        encoder,
        Optional.of(new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, generator, false)),
        true);
  }

  /** The choices of pre-training. */
  PretrainConfig pretraining() {
    return PretrainConfig.defaults()
        .withObjective(
            PretrainObjective.of(PretrainObjective.Kind.ELECTRA)
                .withMaskProbability(0.2)
                .withWeights(1, 20)
                .withSampling(TEMPERATURE, false))
        .withSchedule(3e-3, pretrainSteps / 20, pretrainSteps)
        .withBatch(BATCH, BATCH)
        .withDistinctMasks(true)
        .withSeed(seed);
  }

  /** The choices of a fine-tuning run, for pre-trained and random weights alike. */
  FineTuneConfig fineTuning(int repetition) {
    FineTuneConfig any =
        new FineTuneConfig(1e-3, 0.01, 1, 0.1, 1, 16, POSITIONS, 0.1, 1000 * seed + repetition);
    return any.withEpochs((double) fineTuneSteps / any.stepsPerEpoch(taughtExamples));
  }
}
