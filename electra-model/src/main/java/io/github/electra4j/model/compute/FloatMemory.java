package io.github.electra4j.model.compute;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native memory of a dense, row-major FLOAT array: its address for matrix products, and blocks
 * of it in and out of Java arrays. Positions count elements from the start of the array. Safe for
 * several threads that write to different places.
 */
public final class FloatMemory {
  private final INDArray owner;
  private final FloatBuffer buffer;
  private final long address;

  private FloatMemory(INDArray owner, FloatPointer pointer) {
    this.owner = owner;
    this.buffer = pointer.asBuffer();
    this.address = pointer.address();
  }

  /**
   * The memory of {@code array}, which stays reachable through the result.
   *
   * @throws IllegalArgumentException unless the array is FLOAT and dense in row-major order
   */
  public static FloatMemory of(INDArray array) {
    if (array.dataType() != DataType.FLOAT || !isDense(array)) {
      throw new IllegalArgumentException(
          "A dense row-major FLOAT array is needed, got %s with shape %s, strides %s"
              .formatted(
                  array.dataType(),
                  Arrays.toString(array.shape()),
                  Arrays.toString(array.stride())));
    }
    FloatPointer pointer = new FloatPointer(array.data().addressPointer());
    pointer.capacity(array.length());
    return new FloatMemory(array, pointer);
  }

  /** Number of elements. */
  public int length() {
    return buffer.limit();
  }

  /** Size of an axis of the array. */
  public int size(int axis) {
    return Math.toIntExact(owner.shape()[axis]);
  }

  /** Address of the element at position {@code element}. */
  public long at(long element) {
    return address + Float.BYTES * element;
  }

  /** Copies {@code count} elements from position {@code from} into the start of {@code into}. */
  public void get(long from, float[] into, int count) {
    buffer.get(Math.toIntExact(from), into, 0, count);
  }

  /** Copies the first {@code count} of {@code values} to position {@code to}. */
  public void put(long to, float[] values, int count) {
    buffer.put(Math.toIntExact(to), values, 0, count);
  }

  /** Sets everything to 0. */
  public void clear() {
    Pointer.memset(
        new FloatPointer(owner.data().addressPointer()), 0, (long) Float.BYTES * length());
  }

  /** A Java copy of everything. */
  public float[] toArray() {
    float[] copy = new float[length()];
    get(0, copy, copy.length);
    return copy;
  }

  private static boolean isDense(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.shape()[axis] != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.shape()[axis];
    }
    return true;
  }
}
