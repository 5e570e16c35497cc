package io.github.electra4j.convert;

import io.github.electra4j.convert.tensor.TensorMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays that were just read and that nobody else holds: each is exchanged for another form, and
 * its memory given back at once instead of at the next garbage collection.
 */
final class OwnArrays {
  private OwnArrays() {}

  /** The same numbers as FLOAT. */
  static INDArray single(INDArray array) {
    return array.dataType() == DataType.FLOAT
        ? array
        : exchanged(array, array.castTo(DataType.FLOAT));
  }

  /** The matrix with its axes exchanged, dense. */
  static INDArray transposed(INDArray array) {
    return exchanged(array, TensorMemory.transposed(array));
  }

  /** Gives the memory back. */
  static void free(INDArray array) {
    if (!array.isEmpty()) {
      array.close();
    }
  }

  private static INDArray exchanged(INDArray array, INDArray other) {
    free(array);
    return other;
  }
}
