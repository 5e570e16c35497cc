package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.FusedNorm;
import java.util.List;
import java.util.Optional;
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
    SDVariable gamma = scope.weight("gamma");
    SDVariable beta = scope.weight("beta");
    return scope.isFused(input)
        ? FusedNorm.build(gamma, beta, List.of(input), Optional.empty())
        : composed(input, gamma, beta);
  }

  private static SDVariable composed(SDVariable input, SDVariable gamma, SDVariable beta) {
    SDVariable centred = input.sub(input.mean(true, 1)); // [rows, width]
    SDVariable variance = centred.mul(centred).mean(true, 1); // [rows, 1]
    SDVariable deviation = input.getSameDiff().math().sqrt(variance.add(EPSILON)); // [rows, 1]
    return centred.div(deviation).mul(gamma).add(beta); // [rows, width]
  }
}
