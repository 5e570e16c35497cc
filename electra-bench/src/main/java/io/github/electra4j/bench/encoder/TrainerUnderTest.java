package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.TokenBatch;

/** One implementation of a training step of ELECTRA's discriminator. */
interface TrainerUnderTest extends AutoCloseable {
  /** What the lines of the report call it. */
  String name();

  /**
   * Forward, backward, clipping to norm 1 and an update by Adam with weight decay.
   *
   * @param replaced 1 where a token counts as replaced, [batch][seq]
   * @return the loss before the update, a mean over all tokens
   */
  double step(TokenBatch batch, float[][] replaced);

  @Override
  void close();
}
