package io.github.electra4j.model.compute;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Single-precision matrix products by OpenBLAS, each on the calling thread alone. The fused
 * operations split their work over a {@link Team} themselves: whole tiles per thread are faster
 * than OpenBLAS's own threads, which wait for each other in every product.
 */
public final class Gemm {
  private static final ThreadLocal<Window[]> WINDOWS =
      ThreadLocal.withInitial(() -> new Window[] {new Window(), new Window(), new Window()});

  private static int serialUsers;
  private static int threadsBefore;

  private Gemm() {}

  /** A matrix in native memory, row-major; {@code stride} elements from one row to the next. */
  public record Matrix(long address, int stride, boolean transposed) {
    /** A matrix as it lies in memory. */
    public static Matrix of(long address, int stride) {
      return new Matrix(address, stride, false);
    }

    /** The transpose of this matrix. */
    public Matrix flipped() {
      return new Matrix(address, stride, !transposed);
    }

    /** The transpose of what lies in memory. */
    public static Matrix transposed(long address, int stride) {
      return new Matrix(address, stride, true);
    }
  }

  /** Sizes of a product: {@code [rows, inner] · [inner, columns]}. */
  public record Sizes(int rows, int columns, int inner) {}

  private static final class Window extends FloatPointer {
    private static final long serialVersionUID = 1L;

    private Window at(long newAddress) {
      this.address = newAddress;
      return this;
    }
  }

  /**
   * {@code result = factor · left · right + keep · result}.
   *
   * @param keep 0 to overwrite, 1 to add
   */
  public static void multiply(
      Sizes sizes, float factor, Matrix left, Matrix right, float keep, Matrix result) {
    Window[] windows = WINDOWS.get();
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        transposition(left),
        transposition(right),
        sizes.rows(),
        sizes.columns(),
        sizes.inner(),
        factor,
        windows[0].at(left.address()),
        left.stride(),
        windows[1].at(right.address()),
        right.stride(),
        keep,
        windows[2].at(result.address()),
        result.stride());
  }

  private static int transposition(Matrix matrix) {
    return matrix.transposed() ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
  }

  /**
   * Keeps OpenBLAS to one thread per product until {@link #leaveSerial}; other users of OpenBLAS in
   * the process are slower meanwhile, their results are the same.
   */
  public static synchronized void enterSerial() {
    if (serialUsers++ == 0) {
      threadsBefore = org.bytedeco.openblas.presets.openblas_nolapack.blas_get_num_threads();
      org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(1);
    }
  }

  /** Ends what {@link #enterSerial} began; the last one out restores OpenBLAS's threads. */
  public static synchronized void leaveSerial() {
    if (--serialUsers == 0) {
      org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(threadsBefore);
    }
  }
}
