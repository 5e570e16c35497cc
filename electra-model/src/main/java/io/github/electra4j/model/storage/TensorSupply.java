package io.github.electra4j.model.storage;

import java.io.IOException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tensor whose numbers may still be elsewhere: its type and shape are known, its array is there
 * only while somebody uses it. A model can so pass from file to file without ever being whole in
 * memory.
 */
public interface TensorSupply {
  /** The element type of the array. */
  DataType type();

  /** The lengths of the array's axes; a fresh array. */
  long[] shape();

  /**
   * Gets the array and gives it to {@code use}, which must neither change nor keep it. May be
   * called again; then the numbers are the same.
   *
   * @throws IOException if the numbers cannot be read, or what {@code use} throws
   */
  void with(Use use) throws IOException;

  /** What is done with the array while it is there. */
  @FunctionalInterface
  interface Use {
    /** Uses the array. */
    void accept(INDArray array) throws IOException;
  }

  /** How numbers are read from elsewhere. */
  @FunctionalInterface
  interface Reading {
    /** Reads them into an array that nobody else holds. */
    INDArray read() throws IOException;
  }

  /** An array that is in memory and stays there. */
  static TensorSupply of(INDArray array) {
    return new TensorSupply() {
      @Override
      public DataType type() {
        return array.dataType();
      }

      @Override
      public long[] shape() {
        // ND4J's empty array without axes holds nothing; a tensor without axes is a scalar
        return array.isEmpty() && array.rank() == 0 ? new long[] {0} : array.shape().clone();
      }

      @Override
      public void with(Use use) throws IOException {
        use.accept(array);
      }
    };
  }

  /** Numbers that are read at every use, after which their memory is given back. */
  static TensorSupply reading(DataType type, long[] shape, Reading reading) {
    long[] copy = shape.clone();
    return new TensorSupply() {
      @Override
      public DataType type() {
        return type;
      }

      @Override
      public long[] shape() {
        return copy.clone();
      }

      @Override
      public void with(Use use) throws IOException {
        INDArray array = reading.read();
        try {
          use.accept(array);
        } finally {
          if (!array.isEmpty()) {
            array.close();
          }
        }
      }
    };
  }
}
