package io.github.electra4j.convert.pytorch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/** Moves the bytes of storages. */
final class StorageBytes {
  private static final int CHUNK = 1 << 20;

  private StorageBytes() {}

  /** Whether the bytes have the checksum on record, if there is one. */
  static boolean intact(FileChannel channel, StorageRange range) throws IOException {
    if (range.crc32().isEmpty()) {
      return true;
    }
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, range.bytes()));
    CRC32 crc = new CRC32();
    long done = 0;
    while (done < range.bytes()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), range.bytes() - done));
      fill(channel, range.start() + done, chunk);
      done += chunk.position();
      crc.update(chunk.flip());
    }
    return crc.getValue() == range.crc32().getAsLong();
  }

  /** Fills {@code target} up to its limit from byte {@code at} of the file. */
  static void fill(FileChannel channel, long at, ByteBuffer target) throws IOException {
    long position = at;
    while (target.hasRemaining()) {
      int count = channel.read(target, position);
      if (count < 0) {
        throw new EOFException("the file ended at byte %d while it was read".formatted(position));
      }
      position += count;
    }
  }

  /**
   * Copies the elements of a view, in row-major order.
   *
   * @param span the bytes of the storage from the view's first element to its last
   * @param width bytes per element
   */
  static void gather(TorchTensor view, ByteBuffer span, int width, ByteBuffer target) {
    long[] index = new long[view.shape().length];
    long elements = view.elements();
    for (long done = 0; done < elements; done++) {
      long at = 0;
      for (int axis = 0; axis < index.length; axis++) {
        at += index[axis] * view.stride()[axis];
      }
      target.put((int) (done * width), span, (int) (at * width), width);
      for (int axis = index.length - 1; axis >= 0 && ++index[axis] == view.shape()[axis]; axis--) {
        index[axis] = 0;
      }
    }
  }
}
