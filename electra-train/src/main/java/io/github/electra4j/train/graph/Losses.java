package io.github.electra4j.train.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Losses per example, or per token. SameDiff's own loss operations ignore the gradient that arrives
 * from above, so that these are composed.
 */
final class Losses {
  private Losses() {}

  /**
   * Softmax cross-entropy, {@code −Σ target · log softmax(logits)}.
   *
   * @param logits [batch, labels]
   * @param targets one-hot [batch, labels]
   * @return [batch]
   */
  static SDVariable softmaxCrossEntropy(SDVariable logits, SDVariable targets) {
    return targets.mul(logSoftmax(logits)).sum(1).neg(); // [batch]
  }

  /**
   * {@code x − max − log Σ e^(x − max)} of every row. SameDiff's own operation takes the logarithm
   * of the softmax, which is −∞ for a logit that is lower by 1000.
   */
  private static SDVariable logSoftmax(SDVariable logits) {
    SameDiff sd = logits.getSameDiff();
    SDVariable shifted = logits.sub(logits.max(true, 1)); // [batch, labels]
    SDVariable sums = sd.math().exp(shifted).sum(true, 1); // [batch, 1]
    return shifted.sub(sd.math().log(sums)); // [batch, labels]
  }

  /** Squared error of {@code predictions [batch, 1]} and {@code targets [batch, 1]}: [batch, 1]. */
  static SDVariable squaredError(SDVariable predictions, SDVariable targets) {
    SDVariable difference = predictions.sub(targets); // [batch, 1]
    return difference.mul(difference); // [batch, 1]
  }

  /**
   * Cross-entropy of a yes-or-no decision, {@code max(x, 0) − x·y + log(1 + e^−|x|)}.
   *
   * @param logits x
   * @param labels y, 0 or 1, of the same shape
   * @return of the same shape
   */
  static SDVariable sigmoidCrossEntropy(SDVariable logits, SDVariable labels) {
    SameDiff sd = logits.getSameDiff();
    SDVariable positive = sd.nn().relu(logits, 0);
    SDVariable decay = sd.math().exp(sd.math().abs(logits).neg());
    return positive.sub(logits.mul(labels)).add(sd.math().log(decay.add(1.0)));
  }
}
