package io.github.electra4j.convert.tensor;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The bytes of arrays, which lie outside the heap. */
public final class TensorMemory {
  /** Most bytes of one array, which one buffer must cover. */
  public static final long MOST_BYTES = Integer.MAX_VALUE;

  /** Rows and columns that are exchanged together: 16 KiB, which every processor keeps at hand. */
  private static final int TILE = 64;

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

  /**
   * A new dense array with the axes of a matrix exchanged, copied tile by tile: ND4J's own way goes
   * through the columns of the whole matrix, which takes ten times as long.
   *
   * @param matrix of two axes, of any type and strides
   */
  public static INDArray transposed(INDArray matrix) {
    if (matrix.isEmpty() || matrix.dataType().width() != Integer.BYTES) {
      return matrix.transpose().dup('c');
    }
    INDArray dense = dense(matrix);
    INDArray turned = allocate(matrix.dataType(), new long[] {matrix.size(1), matrix.size(0)});
    try {
      turn(
          bytes(dense).asIntBuffer(),
          bytes(turned).asIntBuffer(),
          Math.toIntExact(matrix.size(0)),
          Math.toIntExact(matrix.size(1)));
      return turned;
    } finally {
      Reference.reachabilityFence(dense);
      Reference.reachabilityFence(turned);
      if (dense != matrix) {
        dense.close();
      }
    }
  }

  private static void turn(IntBuffer from, IntBuffer to, int rows, int columns) {
    int[] tile = new int[TILE * TILE];
    int[] line = new int[TILE];
    for (int top = 0; top < rows; top += TILE) {
      int height = Math.min(TILE, rows - top);
      for (int left = 0; left < columns; left += TILE) {
        int width = Math.min(TILE, columns - left);
        for (int r = 0; r < height; r++) {
          from.get((top + r) * columns + left, tile, r * TILE, width);
        }
        for (int c = 0; c < width; c++) {
          for (int r = 0; r < height; r++) {
            line[r] = tile[r * TILE + c];
          }
          to.put((left + c) * rows + top, line, 0, height);
        }
      }
    }
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
