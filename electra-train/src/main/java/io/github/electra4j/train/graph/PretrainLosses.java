package io.github.electra4j.train.graph;

import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.VocabularyLoss;
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
  static SDVariable vocabulary(
      Scope scope, SDVariable logits, SDVariable targets, SDVariable weights) {
    SDVariable losses = VocabularyLoss.build(scope, logits, targets); // [rows, 1]
    return losses.mul(weights).sum();
  }

  /**
   * Cross-entropy of the vocabulary where the token in the input may be copied: the prediction is
   * {@code D · [input token] + (1 − D) · softmax(logits)} with {@code D = sigmoid(copy)}. With the
   * softmax's own loss ℓ this is {@code softplus(copy) + ℓ − same · softplus(copy + ℓ)}.
   *
   * @param losses ℓ, [rows, 1]
   * @param copy logits of copying, [rows, 1]
   * @param same 1 where the token in the input is the right one, else 0, [rows, 1]
   * @return [rows, 1]
   */
  static SDVariable withCopying(SDVariable losses, SDVariable copy, SDVariable same) {
    return softplus(copy).add(losses).sub(same.mul(softplus(copy.add(losses)))); // [rows, 1]
  }

  /** {@code log(1 + e^x)}, which neither overflows nor vanishes. */
  private static SDVariable softplus(SDVariable x) {
    SameDiff sd = x.getSameDiff();
    return sd.nn().relu(x, 0).add(sd.math().log(sd.math().exp(sd.math().abs(x).neg()).add(1.0)));
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
    return Losses.sigmoidCrossEntropy(logits, labels).mul(weights).sum();
  }
}
