package io.github.electra4j.train.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The losses of fine-tuning, per example. SameDiff's own loss operations ignore the gradient that
 * arrives from above, so that these are composed.
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
    SameDiff sd = logits.getSameDiff();
    SDVariable logProbabilities = sd.nn().logSoftmax(logits); // [batch, labels]
    return targets.mul(logProbabilities).sum(1).neg(); // [batch]
  }

  /** Squared error of {@code predictions [batch, 1]} and {@code targets [batch, 1]}: [batch, 1]. */
  static SDVariable squaredError(SDVariable predictions, SDVariable targets) {
    SDVariable difference = predictions.sub(targets); // [batch, 1]
    return difference.mul(difference); // [batch, 1]
  }
}
