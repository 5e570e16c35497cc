package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.TokenBatch;

/** One implementation of ELECTRA's discriminator, to be timed on the same weights as the others. */
interface EncoderUnderTest extends AutoCloseable {
  /** What the lines of the report call it. */
  String name();

  /** Replaced-token logits, {@code [batch][seq]}. */
  float[][] logits(TokenBatch batch);

  @Override
  void close();
}
