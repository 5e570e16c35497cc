package io.github.electra4j.model.storage;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The bytes of an array's native memory, moved to and from files without a copy on the heap. Arrays
 * may be larger than the 2 GiB that one buffer covers; they move in pieces.
 */
final class TensorBytes {
  private static final long PIECE = 1L << 28;

  static {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new AssertionError("ND4J runs on little-endian machines only");
    }
  }

  private TensorBytes() {}

  /**
   * Fills a dense row-major array from {@code position} of a file.
   *
   * @return bytes read; fewer than the array holds if the file ends first
   */
  static long read(FileChannel channel, long position, INDArray array) throws IOException {
    long size = size(array);
    long done = 0;
    try {
      while (done < size) {
        int count = channel.read(piece(array, done, size), position + done);
        if (count < 0) {
          break;
        }
        done += count;
      }
      Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
      return done;
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  /** Writes the elements in row-major order, little-endian, whatever the strides. */
  static void write(INDArray array, WritableByteChannel channel) throws IOException {
    INDArray dense = isDense(array) ? array : array.dup('c');
    Nd4j.getAffinityManager().ensureLocation(dense, Location.HOST);
    long size = size(dense);
    long done = 0;
    try {
      while (done < size) {
        done += channel.write(piece(dense, done, size));
      }
    } finally {
      Reference.reachabilityFence(dense);
      if (dense != array) {
        dense.close();
      }
    }
  }

  /** CRC-32C of the bytes that {@link #write} writes. */
  static int checksum(INDArray array) {
    INDArray dense = isDense(array) ? array : array.dup('c');
    Nd4j.getAffinityManager().ensureLocation(dense, Location.HOST);
    long size = size(dense);
    CRC32C crc = new CRC32C();
    try {
      for (long done = 0; done < size; done += PIECE) {
        crc.update(piece(dense, done, size));
      }
    } finally {
      Reference.reachabilityFence(dense);
      if (dense != array) {
        dense.close();
      }
    }
    return (int) crc.getValue();
  }

  /** Bytes of all elements. */
  static long size(INDArray array) {
    return array.isEmpty() ? 0 : Math.multiplyExact(array.length(), array.dataType().width());
  }

  private static ByteBuffer piece(INDArray array, long from, long size) {
    long start = array.data().addressPointer().address() + from;
    return new Window(start, Math.min(PIECE, size - from))
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Memory that belongs to an array. A pointer's own position does not do: buffers made from it
   * count from the start of the array and end at 2 GiB.
   */
  private static final class Window extends Pointer {
    Window(long start, long length) {
      address = start;
      limit = length;
      capacity = length;
    }

    @Override
    public int sizeof() {
      return 1;
    }
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
