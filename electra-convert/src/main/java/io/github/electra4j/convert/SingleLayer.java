package io.github.electra4j.convert;

import io.github.electra4j.model.storage.TensorSupply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense layer written as two with GELU between them, for classes that have two: the first
 * computes every output and its negative, the second takes the difference, and {@code gelu(x) −
 * gelu(−x) = x}. Only rounding differs. The rest of the hidden layer is 0.
 */
final class SingleLayer {
  private SingleLayer() {}

  /** Whether the hidden layer has room for both. */
  static boolean fits(int outputs, long width) {
    return 2L * outputs <= width;
  }

  /**
   * The two layers, {@code hidden} and {@code dense}.
   *
   * @param kernel of the single layer, [width, outputs]
   * @param bias of the single layer, [outputs]
   */
  static Map<String, TensorSupply> asTwo(TensorSupply kernel, TensorSupply bias) {
    long width = kernel.shape()[0];
    int outputs = (int) kernel.shape()[1];
    Map<String, TensorSupply> layers = new LinkedHashMap<>();
    layers.put(
        "hidden/kernel",
        TensorSupply.reading(
            DataType.FLOAT,
            new long[] {width, width},
            () -> {
              INDArray doubled = Nd4j.zeros(DataType.FLOAT, width, width);
              kernel.with(single -> fill(doubled, single));
              return doubled;
            }));
    layers.put(
        "hidden/bias",
        TensorSupply.reading(
            DataType.FLOAT, new long[] {width}, () -> Nd4j.zeros(DataType.FLOAT, width)));
    layers.put(
        "dense/kernel",
        TensorSupply.reading(
            DataType.FLOAT,
            new long[] {width, outputs},
            () -> {
              INDArray difference = Nd4j.zeros(DataType.FLOAT, width, outputs);
              for (int i = 0; i < outputs; i++) {
                difference.putScalar(i, i, 1);
                difference.putScalar(outputs + i, i, -1);
              }
              return difference;
            }));
    layers.put("dense/bias", bias);
    return layers;
  }

  private static void fill(INDArray doubled, INDArray single) {
    long outputs = single.size(1);
    for (long row = 0; row < single.size(0); row++) {
      for (long i = 0; i < outputs; i++) {
        float weight = single.getFloat(row, i);
        doubled.putScalar(row, i, weight);
        doubled.putScalar(row, outputs + i, -weight);
      }
    }
  }

  /**
   * Whether a last layer takes the difference.
   *
   * @param kernel [width, outputs]
   */
  static boolean passes(INDArray kernel, int outputs) {
    for (int row = 0; row < kernel.size(0); row++) {
      for (int i = 0; i < outputs; i++) {
        float wanted = row == i ? 1 : row == outputs + i ? -1 : 0;
        if (kernel.getFloat(row, i) != wanted) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether a hidden layer computes every output and its negative and nothing else.
   *
   * @param kernel [width, width]
   * @param bias [width]
   */
  static boolean isDoubled(INDArray kernel, INDArray bias, int outputs) {
    long width = kernel.size(0);
    for (long column = 0; column < width; column++) {
      if (bias.getFloat(column) != 0) {
        return false;
      }
      for (long row = 0; column >= outputs && row < width; row++) {
        float wanted = column < 2L * outputs ? -kernel.getFloat(row, column - outputs) : 0;
        if (kernel.getFloat(row, column) != wanted) {
          return false;
        }
      }
    }
    return true;
  }
}
