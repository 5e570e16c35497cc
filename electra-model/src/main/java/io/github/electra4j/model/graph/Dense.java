package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/** A dense layer without activation: {@code x·kernel + bias}, kernel {@code [in, out]}. */
public final class Dense {
  private Dense() {}

  /** {@code input [rows, in] -> [rows, out]}. */
  public static SDVariable build(Scope scope, SDVariable input) {
    return input.mmul(scope.weight("kernel")).add(scope.weight("bias")); // [rows, out]
  }
}
