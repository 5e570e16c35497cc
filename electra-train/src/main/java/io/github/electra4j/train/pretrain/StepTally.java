package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.train.flops.PretrainFlops;
import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.masking.MaskedBatch;

/** Adds up what the parts of a batch report. */
final class StepTally {
  private final ElectraConfig config;
  private double loss;
  private double generatorLoss;
  private double discriminatorLoss;
  private double restorationLoss;
  private DetectionCounts detection = DetectionCounts.none();
  private long drawn;
  private long drawnCorrectly;
  private int examples;
  private long tokens;
  private double operations;

  /**
   * @param config the networks, whose operations are counted
   */
  StepTally(ElectraConfig config) {
    this.config = config;
  }

  void add(PretrainOutcome outcome) {
    loss += outcome.loss();
    generatorLoss += outcome.generatorLoss();
    outcome
        .detection()
        .ifPresent(
            part -> {
              discriminatorLoss += part.loss();
              detection = detection.plus(DetectionCounts.of(part));
            });
    outcome.restoration().ifPresent(part -> restorationLoss += part.loss());
    MaskedBatch batch = outcome.batch();
    for (int row = 0; row < batch.batch(); row++) {
      for (int slot = 0; slot < batch.slots(); slot++) {
        if (batch.maskedWeights()[row][slot] > 0) {
          drawn++;
          drawnCorrectly += outcome.samples()[row][slot] == batch.maskedIds()[row][slot] ? 1 : 0;
        }
      }
    }
    examples += batch.batch();
    operations +=
        batch.batch() * PretrainFlops.executed(config, batch.original().seq(), batch.slots());
    tokens += batch.tokens();
  }

  double loss() {
    return loss;
  }

  /**
   * The report of an update.
   *
   * @param update the number of the update and of all updates, its rate, norm and duration
   */
  PretrainReport report(Update update) {
    return new PretrainReport(
        update.step(),
        update.totalSteps(),
        loss,
        generatorLoss,
        discriminatorLoss,
        restorationLoss,
        detection,
        drawn == 0 ? 0 : (double) drawnCorrectly / drawn,
        examples,
        tokens,
        update.rate(),
        update.norm(),
        update.seconds(),
        operations);
  }

  record Update(long step, long totalSteps, float rate, double norm, double seconds) {}
}
