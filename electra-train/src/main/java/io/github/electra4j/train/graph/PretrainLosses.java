package io.github.electra4j.train.graph;

import io.github.electra4j.model.graph.RowSelection;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The losses of pre-training; weighted sums over a batch. */
final class PretrainLosses {
  private PretrainLosses() {}

  /**
   * Cross-entropy of the vocabulary, {@code −Σ weight · log softmax(logits)[target]}.
   *
   * @param logits [rows, vocab]
   * @param targets INT [rows], {@code row · vocab + id} of the right id of each row
   * @param weights [rows, 1]
   * @return scalar
   */
  static SDVariable vocabulary(SDVariable logits, SDVariable targets, SDVariable weights) {
    SameDiff sd = logits.getSameDiff();
    SDVariable logProbabilities = sd.nn().logSoftmax(logits); // [rows, vocab]
    SDVariable flat = logProbabilities.reshape(-1, 1); // [rows · vocab, 1]
    SDVariable right = RowSelection.build("right_log_probabilities", flat, targets); // [rows, 1]
    return right.mul(weights).sum().neg();
  }

  /**
   * Cross-entropy of a yes-or-no decision, {@code Σ weight · (max(x, 0) − x·y + log(1 + e^−|x|))}.
   *
   * @param logits x, [tokens, 1]
   * @param labels y, 0 or 1, [tokens, 1]
   * @param weights [tokens, 1]
   * @return scalar
   */
  static SDVariable detection(SDVariable logits, SDVariable labels, SDVariable weights) {
    SameDiff sd = logits.getSameDiff();
    SDVariable positive = sd.nn().relu(logits, 0); // [tokens, 1]
    SDVariable decay = sd.math().exp(sd.math().abs(logits).neg()); // [tokens, 1]
    SDVariable losses =
        positive.sub(logits.mul(labels)).add(sd.math().log(decay.add(1.0))); // [tokens, 1]
    return losses.mul(weights).sum();
  }
}
