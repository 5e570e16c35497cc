package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.flops.MachineSpeed;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.masking.Masker;
import io.github.electra4j.train.masking.MaskingRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a few updates of a recipe take on this machine, with random weights and tokens.
 *
 * @param seconds of the fastest update
 * @param operations multiplications and additions of its matrix products
 * @param ceiling such operations per second that the machine is able to do
 */
public record ThroughputProbe(double seconds, double operations, double ceiling) {
  private static final int UPDATES = 4;
  private static final MaskingRules.SpecialIds SPECIAL = new MaskingRules.SpecialIds(1, 2, 3);

  /** Makes the updates. Memory is that of pre-training with {@code examples} at a time. */
  public static ThroughputProbe run(PretrainRecipe recipe, int examples) {
    PretrainConfig choices = recipe.learning().withBatch(examples, examples);
    StartingPoint start = StartingPoint.fresh(recipe.model(), Optional.empty(), 0);
    Masker masker = new Masker(choices.maskingRules(SPECIAL, recipe.maxSeqLength()), 0);
    PretrainReport fastest = null;
    try (PretrainSession session = PretrainSession.start(start.checkpoint(), choices)) {
      for (int update = 0; update < UPDATES; update++) {
        long[] numbers = new long[examples];
        Arrays.setAll(numbers, i -> i);
        MaskedBatch batch = masker.mask(text(recipe, examples), new long[examples], numbers);
        PretrainReport report = session.step(List.of(batch));
        if (fastest == null || report.seconds() < fastest.seconds()) {
          fastest = report;
        }
      }
    }
    return new ThroughputProbe(fastest.seconds(), fastest.operations(), MachineSpeed.measure());
  }

  private static TokenBatch text(PretrainRecipe recipe, int examples) {
    SplittableRandom random = new SplittableRandom(1);
    int[][] ids = new int[examples][recipe.maxSeqLength()];
    int[][] mask = new int[examples][recipe.maxSeqLength()];
    for (int row = 0; row < examples; row++) {
      Arrays.setAll(ids[row], at -> 4 + random.nextInt(recipe.model().vocabSize() - 4));
      Arrays.fill(mask[row], 1);
    }
    return new TokenBatch(ids, mask, new int[examples][recipe.maxSeqLength()]);
  }

  /** Operations per second of the update. */
  public double operationsPerSecond() {
    return operations / seconds;
  }

  /** The share of what the machine is able to do. */
  public double utilisation() {
    return operationsPerSecond() / ceiling;
  }
}
