package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;

/**
 * A decoder of raw Snappy blocks. TensorFlow has written uncompressed tables since 1.2; older and
 * foreign writers may compress.
 */
final class Snappy {
  private Snappy() {}

  /**
   * The decompressed block.
   *
   * @param in exactly one compressed block
   * @param maxLength most bytes that the block may expand to
   */
  static byte[] decompress(ByteCursor in, int maxLength) throws MalformedFileException {
    long declared = in.varint64("Snappy length");
    if (declared < 0 || declared > maxLength) {
      throw in.malformed(
          "Snappy block declares %s bytes, at most %d are accepted"
              .formatted(Long.toUnsignedString(declared), maxLength));
    }
    // A copy makes at most 64 bytes out of 2, so a longer declaration cannot be honest.
    if (declared > 64L * in.remaining()) {
      throw in.malformed(
          "Snappy block of %d bytes cannot hold the declared %d"
              .formatted(in.remaining(), declared));
    }
    byte[] out = new byte[(int) declared];
    int filled = 0;
    while (in.remaining() > 0) {
      int tag = in.unsignedByte("Snappy tag");
      filled = (tag & 3) == 0 ? literal(in, tag, out, filled) : copy(in, tag, out, filled);
    }
    if (filled != out.length) {
      throw in.malformed(
          "Snappy block holds %d bytes, it declared %d".formatted(filled, out.length));
    }
    return out;
  }

  private static int literal(ByteCursor in, int tag, byte[] out, int filled)
      throws MalformedFileException {
    int code = tag >>> 2;
    long length = code < 60 ? code + 1L : littleEndian(in, code - 59) + 1;
    if (length > out.length - filled || length > in.remaining()) {
      throw in.malformed("Snappy literal of %d bytes is out of range".formatted(length));
    }
    System.arraycopy(in.take((int) length, "Snappy literal"), 0, out, filled, (int) length);
    return filled + (int) length;
  }

  private static int copy(ByteCursor in, int tag, byte[] out, int filled)
      throws MalformedFileException {
    int length;
    long distance;
    if ((tag & 3) == 1) {
      length = 4 + (tag >>> 2 & 7);
      int near = ((tag >>> 5) << 8) | in.unsignedByte("Snappy copy");
      distance = near;
    } else {
      length = 1 + (tag >>> 2);
      distance = littleEndian(in, (tag & 3) == 2 ? 2 : 4);
    }
    if (distance == 0 || distance > filled || length > out.length - filled) {
      throw in.malformed(
          "Snappy copy of %d bytes from %d back is out of range".formatted(length, distance));
    }
    for (int i = 0; i < length; i++) {
      out[filled + i] = out[filled + i - (int) distance];
    }
    return filled + length;
  }

  private static long littleEndian(ByteCursor in, int count) throws MalformedFileException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) in.unsignedByte("Snappy number") << (8 * i);
    }
    return value;
  }
}
