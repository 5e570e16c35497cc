package io.github.electra4j.model.graph;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native memory of a dense, row-major FLOAT array, read and written in blocks. Positions count
 * elements from the start of the array.
 */
public final class NativeFloats {
  private final FloatBuffer buffer;

  private NativeFloats(FloatBuffer buffer) {
    this.buffer = buffer;
  }

  /**
   * The memory of {@code array}.
   *
   * @throws IllegalArgumentException unless the array is FLOAT and dense in row-major order
   */
  public static NativeFloats of(INDArray array) {
    if (array.dataType() != DataType.FLOAT || !isDense(array)) {
      throw new IllegalArgumentException(
          "A dense row-major FLOAT array is needed, got %s with shape %s, strides %s"
              .formatted(
                  array.dataType(),
                  java.util.Arrays.toString(array.shape()),
                  java.util.Arrays.toString(array.stride())));
    }
    FloatPointer pointer = new FloatPointer(array.data().addressPointer());
    pointer.capacity(array.length());
    return new NativeFloats(pointer.asBuffer());
  }

  /** Number of elements. */
  public int length() {
    return buffer.limit();
  }

  /** Copies {@code into.length} elements from position {@code from}. */
  public void get(long from, float[] into) {
    buffer.get(Math.toIntExact(from), into);
  }

  /** Copies {@code count} elements from position {@code from} into the start of {@code into}. */
  public void get(long from, float[] into, int count) {
    buffer.get(Math.toIntExact(from), into, 0, count);
  }

  /** Copies all of {@code values} to position {@code to}. */
  public void put(long to, float[] values) {
    buffer.put(Math.toIntExact(to), values);
  }

  /** Copies the first {@code count} of {@code values} to position {@code to}. */
  public void put(long to, float[] values, int count) {
    buffer.put(Math.toIntExact(to), values, 0, count);
  }

  private static boolean isDense(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }
}
