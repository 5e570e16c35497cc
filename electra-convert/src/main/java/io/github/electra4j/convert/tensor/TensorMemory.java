package io.github.electra4j.convert.tensor;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The bytes of arrays, which lie outside the heap. */
public final class TensorMemory {
  /** Most bytes of one array, which one buffer must cover. */
  public static final long MOST_BYTES = Integer.MAX_VALUE;

  private TensorMemory() {}

  /**
   * The memory of a dense row-major array, little-endian, valid as long as the array is held.
   *
   * @param array of at most {@link #MOST_BYTES}
   */
  public static ByteBuffer bytes(INDArray array) {
    long size = Math.multiplyExact(array.length(), array.dataType().width());
    ByteBuffer bytes = array.data().pointer().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return bytes.limit(Math.toIntExact(size));
  }

  /** A new array whose elements are still to be filled; with an axis of 0 there are none. */
  public static INDArray allocate(DataType type, long[] shape) {
    boolean none = Arrays.stream(shape).anyMatch(axis -> axis == 0);
    return none ? Nd4j.create(type, shape) : Nd4j.createUninitialized(type, shape);
  }

  /** The same numbers, dense and row-major; the array itself if it is so already. */
  public static INDArray dense(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return array.dup('c');
      }
      expected *= array.size(axis);
    }
    return array;
  }

  /** Whether two dense row-major arrays have the same shape, type and bits, whatever these mean. */
  public static boolean same(INDArray left, INDArray right) {
    boolean alike =
        left.dataType() == right.dataType() && Arrays.equals(left.shape(), right.shape());
    try {
      return alike && (left.isEmpty() || bytes(left).equals(bytes(right)));
    } finally {
      Reference.reachabilityFence(left);
      Reference.reachabilityFence(right);
    }
  }
}
