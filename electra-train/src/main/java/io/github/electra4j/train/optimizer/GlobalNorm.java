package io.github.electra4j.train.optimizer;

import io.github.electra4j.model.graph.NativeFloats;
import java.util.Collection;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Clipping of gradients by their common norm (Pascanu et al. 2013). */
public final class GlobalNorm {
  private static final int BLOCK = 8192;

  private GlobalNorm() {}

  /**
   * The Euclidean norm over all elements of all arrays, summed in double precision in an order that
   * does not depend on the number of threads.
   *
   * @param gradients dense FLOAT arrays
   */
  public static double of(Collection<INDArray> gradients) {
    double sum = 0;
    for (INDArray gradient : gradients) {
      sum += squares(NativeFloats.of(gradient));
    }
    return Math.sqrt(sum);
  }

  /**
   * The factor that brings a norm down to at most {@code limit}: {@code limit / max(norm, limit)}.
   * It is NaN for a norm that is not finite.
   */
  public static float scale(double norm, double limit) {
    return Double.isFinite(norm) ? (float) (limit / Math.max(norm, limit)) : Float.NaN;
  }

  private static double squares(NativeFloats values) {
    int blocks = (values.length() + BLOCK - 1) / BLOCK;
    double[] sums = new double[blocks];
    IntStream.range(0, blocks).parallel().forEach(b -> sums[b] = squares(values, b * BLOCK));
    double sum = 0;
    for (double block : sums) {
      sum += block;
    }
    return sum;
  }

  private static double squares(NativeFloats values, int start) {
    int count = Math.min(BLOCK, values.length() - start);
    float[] block = new float[count];
    values.get(start, block);
    double sum = 0;
    for (float value : block) {
      sum += (double) value * value;
    }
    return sum;
  }
}
