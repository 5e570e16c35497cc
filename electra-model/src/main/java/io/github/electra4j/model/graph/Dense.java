package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.FusedDense;
import org.nd4j.autodiff.samediff.SDVariable;

/** A dense layer: {@code x·kernel + bias}, kernel {@code [in, out]}. */
public final class Dense {
  private Dense() {}

  /** {@code input [rows, in] -> [rows, out]}, without activation. */
  public static SDVariable build(Scope scope, SDVariable input) {
    SDVariable kernel = scope.weight("kernel");
    SDVariable bias = scope.weight("bias");
    return scope.isFused(input)
        ? FusedDense.plain(input, kernel, bias)
        : input.mmul(kernel).add(bias); // [rows, out]
  }

  /** {@code input [rows, in] -> [rows, out]}, followed by GELU. */
  public static SDVariable withGelu(Scope scope, SDVariable input) {
    return scope.isFused(input)
        ? FusedDense.gelu(input, scope.weight("kernel"), scope.weight("bias"))
        : Gelu.build(build(scope, input)); // [rows, out]
  }
}
