package io.github.electra4j.convert.samediff;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of FlatBuffers, read piece by piece. Every offset of the file is checked before it is
 * followed.
 */
final class FlatBytes implements Closeable {
  private static final int MAX_NAME = 4096;

  private final Path file;
  private final FileChannel channel;
  private final long size;

  private FlatBytes(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  static FlatBytes open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new FlatBytes(file, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  long size() {
    return size;
  }

  int int32(long position) throws IOException {
    return read(position, Integer.BYTES).getInt();
  }

  int uint16(long position) throws IOException {
    return Short.toUnsignedInt(read(position, Short.BYTES).getShort());
  }

  int int8(long position) throws IOException {
    return read(position, 1).get();
  }

  /** The table that the offset at {@code position} points to. */
  FlatTable table(long position) throws IOException {
    long start = follow(position);
    long vtable = start - int32(start);
    int length = uint16(vtable);
    if (length < 4 || vtable + length > size) {
      throw damaged(vtable, "a table's list of fields is %d bytes long".formatted(length));
    }
    return new FlatTable(this, start, vtable, length);
  }

  /** The vector that the offset at {@code position} points to. */
  Vector vector(long position, int width) throws IOException {
    long start = follow(position);
    long count = Integer.toUnsignedLong(int32(start));
    if (count > (size - start - Integer.BYTES) / width) {
      throw damaged(start, "a list of %d elements does not fit into the file".formatted(count));
    }
    return new Vector(start + Integer.BYTES, Math.toIntExact(count), width);
  }

  /**
   * Elements one after the other.
   *
   * @param start position of the first
   * @param count number of elements
   * @param width bytes per element
   */
  record Vector(long start, int count, int width) {
    long at(int index) {
      return start + (long) index * width;
    }

    long bytes() {
      return (long) count * width;
    }
  }

  String text(long position) throws IOException {
    Vector letters = vector(position, 1);
    if (letters.count() > MAX_NAME) {
      throw damaged(letters.start(), "a name is %d bytes long".formatted(letters.count()));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(read(letters.start(), letters.count()))
          .toString();
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(
          file, "at %d, a name is not UTF-8. Get the file again.".formatted(letters.start()), e);
    }
  }

  ByteBuffer read(long position, int count) throws IOException {
    if (position < 0 || position > size - count) {
      throw damaged(position, "%d bytes are wanted beyond the end".formatted(count));
    }
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    fill(position, bytes);
    return bytes.flip();
  }

  /** Fills a buffer from {@code position}. */
  void fill(long position, ByteBuffer bytes) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at);
      if (count < 0) {
        throw damaged(at, "the file became shorter while it was read");
      }
      at += count;
    }
  }

  private long follow(long position) throws IOException {
    long offset = Integer.toUnsignedLong(int32(position));
    if (offset == 0 || offset > size - position) {
      throw damaged(position, "an offset of %d leads out of the file".formatted(offset));
    }
    return position + offset;
  }

  MalformedFileException damaged(long position, String what) {
    return MalformedFileException.in(
        file,
        "at %d of %d bytes, %s. The file is damaged or no SameDiff file; get it again."
            .formatted(position, size, what));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
