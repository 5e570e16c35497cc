package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Replaced-token detection (paper section 2): one logit per token, positive where the token was
 * replaced.
 */
public final class DiscriminatorHead {
  private DiscriminatorHead() {}

  /** {@code hidden [tokens, hidden] -> logits [tokens, 1]}, below {@code scope}. */
  public static SDVariable build(Scope scope, SDVariable hidden) {
    Scope head = scope.at("discriminator_predictions");
    SDVariable transformed = Dense.withGelu(head.at("dense"), hidden); // [tokens, hidden]
    return Dense.build(head.at("dense_1"), transformed); // [tokens, 1]
  }
}
