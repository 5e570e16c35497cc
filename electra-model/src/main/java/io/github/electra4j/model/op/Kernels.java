package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Gemm;
import io.github.electra4j.model.compute.Gemm.Matrix;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kernels of dense layers that read the same input, side by side: their outputs are the columns
 * of one matrix. They stay the separate arrays that the checkpoint has.
 */
final class Kernels {
  private final FloatMemory[] kernels;
  private final int[] starts;
  private final boolean transposed;

  /**
   * @param arrays each [in, out], or [out, in] if {@code transposed}
   */
  Kernels(INDArray[] arrays, boolean transposed) {
    this.kernels = new FloatMemory[arrays.length];
    this.starts = new int[arrays.length + 1];
    this.transposed = transposed;
    for (int i = 0; i < arrays.length; i++) {
      kernels[i] = FloatMemory.of(arrays[i]);
      starts[i + 1] = starts[i] + out(arrays[i], transposed);
    }
  }

  /** Number of output columns of a kernel. */
  static int out(INDArray kernel, boolean transposed) {
    return Math.toIntExact(kernel.shape()[transposed ? 0 : 1]);
  }

  int count() {
    return kernels.length;
  }

  /** Output columns of all kernels. */
  int width() {
    return starts[kernels.length];
  }

  /** First output column of a kernel. */
  int start(int kernel) {
    return starts[kernel];
  }

  /** Output columns of one kernel. */
  int width(int kernel) {
    return starts[kernel + 1] - starts[kernel];
  }

  /** {@code result[tile] += input[rows of the tile] · kernels}, columns of the tile. */
  void multiply(Tile tile, FloatMemory input, int in, FloatMemory result) {
    for (int k = 0; k < kernels.length; k++) {
      int from = Math.max(tile.column(), starts[k]);
      int to = Math.min(tile.column() + tile.columns(), starts[k + 1]);
      if (from < to) {
        Gemm.multiply(
            new Gemm.Sizes(tile.rows(), to - from, in),
            1,
            Matrix.of(input.at((long) tile.row() * in), in),
            columns(k, from - starts[k], in),
            1,
            Matrix.of(result.at((long) tile.row() * width() + from), width()));
      }
    }
  }

  private Matrix columns(int kernel, int column, int in) {
    return transposed
        ? Matrix.transposed(kernels[kernel].at((long) column * in), in)
        : Matrix.of(kernels[kernel].at(column), width(kernel));
  }

  /** {@code inputGradient[rows] = Σ gradient[rows] · kernelᵀ}. */
  void multiplyBack(Tile band, FloatMemory gradient, FloatMemory inputGradient, int in) {
    for (int k = 0; k < kernels.length; k++) {
      Matrix kernel =
          transposed
              ? Matrix.of(kernels[k].at(0), in)
              : Matrix.transposed(kernels[k].at(0), width(k));
      Gemm.multiply(
          new Gemm.Sizes(band.rows(), in, width(k)),
          1,
          Matrix.of(gradient.at((long) band.row() * width() + starts[k]), width()),
          kernel,
          k == 0 ? 0 : 1,
          Matrix.of(inputGradient.at((long) band.row() * in), in));
    }
  }
}
