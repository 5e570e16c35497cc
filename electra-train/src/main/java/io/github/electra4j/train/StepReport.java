package io.github.electra4j.train;

/**
 * What happened in one step.
 *
 * @param step updates made so far, this one included, from 1
 * @param totalSteps updates of the whole run
 * @param loss summed over the batch, before the update
 * @param examples in the batch
 * @param tokens real tokens in the batch
 * @param learningRate of this update, before layer-wise factors
 * @param gradientNorm over all gradients, before clipping
 */
public record StepReport(
    long step,
    long totalSteps,
    double loss,
    int examples,
    int tokens,
    float learningRate,
    double gradientNorm) {

  /** Loss per example. */
  public double meanLoss() {
    return loss / examples;
  }
}
