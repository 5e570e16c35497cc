package io.github.electra4j.train.pretrain;

/**
 * What happened in one update.
 *
 * @param step updates made so far, this one included, from 1
 * @param totalSteps updates of the whole run
 * @param loss weighted sum of both losses, before the update
 * @param generatorLoss of the generator, a mean over masked positions
 * @param discriminatorLoss of replaced-token detection, a mean over tokens; 0 without a
 *     discriminator
 * @param restorationLoss of the encoder that restores tokens itself, in the paper's analysis
 *     objectives, a mean over the tokens it predicts; 0 in the others
 * @param detection what the discriminator got right
 * @param sampledCorrectly share of the masked positions at which the draw was the original token
 * @param examples in the batch
 * @param tokens real tokens in the batch
 * @param learningRate of this update
 * @param gradientNorm over all gradients, before clipping
 * @param seconds that the update took
 * @param operations multiplications and additions of its matrix products
 */
public record PretrainReport(
    long step,
    long totalSteps,
    double loss,
    double generatorLoss,
    double discriminatorLoss,
    double restorationLoss,
    DetectionCounts detection,
    double sampledCorrectly,
    int examples,
    long tokens,
    float learningRate,
    double gradientNorm,
    double seconds,
    double operations) {

  /** Whether there is a discriminator that was trained. */
  public boolean detects() {
    return detection.tokens() > 0;
  }

  /** Examples per second. */
  public double examplesPerSecond() {
    return examples / seconds;
  }

  /** Real tokens per second. */
  public double tokensPerSecond() {
    return tokens / seconds;
  }

  /** Multiplications and additions of matrix products per second. */
  public double operationsPerSecond() {
    return operations / seconds;
  }
}
