package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Layer normalisation over the last axis with the population variance and epsilon 1e-12, as
 * google-research/electra has it. SameDiff's own operation has no epsilon.
 */
final class LayerNorm {
  private static final double EPSILON = 1e-12;

  private LayerNorm() {}

  /** {@code input [rows, width] -> [rows, width]}. */
  static SDVariable build(Scope scope, SDVariable input) {
    SDVariable centred = input.sub(input.mean(true, 1)); // [rows, width]
    SDVariable variance = centred.mul(centred).mean(true, 1); // [rows, 1]
    SDVariable deviation = scope.sd().math().sqrt(variance.add(EPSILON)); // [rows, 1]
    return centred
        .div(deviation)
        .mul(scope.weight("gamma"))
        .add(scope.weight("beta")); // [rows, width]
  }
}
