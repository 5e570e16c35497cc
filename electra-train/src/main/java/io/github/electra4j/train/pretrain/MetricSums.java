package io.github.electra4j.train.pretrain;

import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.graph.SlotLogits;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.Optional;
import java.util.stream.IntStream;

/** Adds up over batches what {@link PretrainMetrics} are made of. */
final class MetricSums {
  private static final double EPSILON = 1e-6;

  private int batches;
  private int examples;
  private double loss;
  private long slots;
  private long predicted;
  private long sampled;
  private double slotLoss;
  private boolean restores;
  private long restored;
  private double restoredLoss;
  private double exampleLoss;
  private DetectionCounts detection = DetectionCounts.none();
  private final RankedScores scores = new RankedScores();
  private final UnigramLoss unigram;

  /**
   * @param unigram adds up what a model without context would lose
   */
  MetricSums(UnigramLoss unigram) {
    this.unigram = unigram;
  }

  void add(PretrainOutcome outcome) {
    batches++;
    unigram.add(outcome.batch());
    examples += outcome.batch().batch();
    loss += outcome.loss();
    restores |= outcome.restoration().isPresent();
    IntStream.range(0, outcome.batch().batch())
        .parallel()
        .mapToObj(row -> row(outcome, row))
        .forEachOrdered(this::add);
    outcome.detection().ifPresent(this::add);
  }

  /** What the networks did in one example. */
  private record Row(
      long slots, long predicted, long sampled, double loss, long restored, double restoredLoss) {}

  private void add(Row row) {
    slots += row.slots();
    predicted += row.predicted();
    sampled += row.sampled();
    slotLoss += row.loss();
    restored += row.restored();
    restoredLoss += row.restoredLoss();
  }

  private static Row row(PretrainOutcome outcome, int row) {
    MaskedBatch batch = outcome.batch();
    SlotLogits logits = outcome.slotLogits();
    double[] buffer = new double[logits.vocab()];
    long used = 0;
    long predicted = 0;
    long sampled = 0;
    long restored = 0;
    double restoredLoss = 0;
    double loss = 0;
    for (int slot = 0; slot < batch.slots(); slot++) {
      if (batch.maskedWeights()[row][slot] > 0) {
        int target = batch.maskedIds()[row][slot];
        logits.read(row, slot, buffer);
        int best = best(buffer);
        used++;
        predicted += best == target ? 1 : 0;
        sampled += outcome.samples()[row][slot] == target ? 1 : 0;
        loss += logSum(buffer, buffer[best]) - buffer[target];
        if (outcome.restoration().isPresent()) {
          int position = batch.maskedPositions()[row][slot];
          outcome.restoration().get().logProbabilities(row, slot, position, buffer);
          restored += best(buffer) == target ? 1 : 0;
          restoredLoss -= buffer[target];
        }
      }
    }
    return new Row(used, predicted, sampled, loss, restored, restoredLoss);
  }

  /** The lowest id of the largest logit. */
  private static int best(double[] logits) {
    int best = 0;
    for (int id = 1; id < logits.length; id++) {
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }

  private static double logSum(double[] logits, double max) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }

  private void add(PretrainOutcome.Detection part) {
    detection = detection.plus(DetectionCounts.of(part));
    int[][] judged = part.judged();
    for (int row = 0; row < judged.length; row++) {
      double sum = 0;
      long tokens = 0;
      for (int at = 0; at < judged[row].length; at++) {
        if (judged[row][at] == 1) {
          double logit = part.logits()[row][at];
          boolean replaced = part.corrupted().labels()[row][at] == 1;
          scores.add(logit, replaced);
          sum +=
              Math.max(logit, 0) - (replaced ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit)));
          tokens++;
        }
      }
      exampleLoss += sum / (tokens + EPSILON);
    }
  }

  PretrainMetrics metrics() {
    return new PretrainMetrics(
        examples,
        loss / batches,
        share(predicted),
        slots == 0 ? 0 : slotLoss / slots,
        unigram.mean(),
        share(sampled),
        detection.tokens() == 0 ? 0 : exampleLoss / examples,
        scores.auc(),
        detection,
        restores
            ? Optional.of(
                new PretrainMetrics.Restoration(
                    share(restored), slots == 0 ? 0 : restoredLoss / slots))
            : Optional.empty());
  }

  private double share(long part) {
    return slots == 0 ? 0 : (double) part / slots;
  }
}
