package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.FusedNorm;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
    SameDiff sd = input.getSameDiff();
    SDVariable deviation = sd.math().sqrt(variance.add(EPSILON)); // [rows, 1]
    SDVariable wide = sd.mmul(deviation, onesLike(gamma)); // [rows, width]
    return centred.div(wide).mul(gamma).add(beta); // [rows, width]
  }

  /**
   * {@code [1, width]}. Of a division by one element, which a single row has, ND4J computes the
   * derivative as if sums of products were products of sums; by an array of one shape it is right.
   */
  private static SDVariable onesLike(SDVariable gamma) {
    INDArray array = gamma.getArr();
    return gamma.getSameDiff().constant(Nd4j.ones(array.dataType(), 1, array.length()));
  }
}
