package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A reading position inside a bounded range of bytes. Every read is checked against the range, so
 * that damaged lengths end in a {@link MalformedFileException} and never in an index out of bounds.
 */
final class ByteCursor {
  private final Path file;
  private final byte[] bytes;
  private final long fileOffset;
  private final int limit;
  private int position;

  /**
   * @param file the file named in errors
   * @param bytes where to read
   * @param from first index of the range
   * @param limit index after the range
   * @param fileOffset offset in the file of {@code bytes[0]}
   */
  ByteCursor(Path file, byte[] bytes, int from, int limit, long fileOffset) {
    this.file = file;
    this.bytes = bytes;
    this.position = from;
    this.limit = limit;
    this.fileOffset = fileOffset;
  }

  int remaining() {
    return limit - position;
  }

  int position() {
    return position;
  }

  MalformedFileException malformed(String problem) {
    return MalformedFileException.at(file, fileOffset + position, problem);
  }

  int unsignedByte(String field) throws MalformedFileException {
    require(1, field);
    return bytes[position++] & 0xff;
  }

  /** Four bytes, least significant first. */
  int fixed32(String field) throws MalformedFileException {
    require(4, field);
    int value = littleEndian32(bytes, position);
    position += 4;
    return value;
  }

  /** An unsigned number of at most 64 bits in the fewest bytes, at most 10. */
  long varint64(String field) throws MalformedFileException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = unsignedByte(field);
      if (shift == 63 && next > 1) {
        throw malformed(field + " is a varint of more than 64 bits");
      }
      value |= (long) (next & 0x7f) << shift;
      if (next == 0 && shift > 0) {
        throw malformed(field + " is a varint with superfluous bytes");
      }
      if (next < 0x80) {
        return value;
      }
    }
    throw malformed(field + " is a varint of more than 10 bytes");
  }

  /** A length: a varint that must not exceed the bytes that remain. */
  int length(String field) throws MalformedFileException {
    long value = varint64(field);
    if (value < 0 || value > remaining()) {
      throw malformed(
          "%s is %s but only %d bytes remain"
              .formatted(field, Long.toUnsignedString(value), remaining()));
    }
    return (int) value;
  }

  /** Moves over {@code count} bytes and returns a cursor on them. */
  ByteCursor slice(int count, String field) throws MalformedFileException {
    require(count, field);
    ByteCursor slice = new ByteCursor(file, bytes, position, position + count, fileOffset);
    position += count;
    return slice;
  }

  byte[] take(int count, String field) throws MalformedFileException {
    require(count, field);
    position += count;
    return Arrays.copyOfRange(bytes, position - count, position);
  }

  private void require(int count, String field) throws MalformedFileException {
    if (count > remaining()) {
      throw malformed("%s needs %d bytes but only %d remain".formatted(field, count, remaining()));
    }
  }

  static int littleEndian32(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }
}
