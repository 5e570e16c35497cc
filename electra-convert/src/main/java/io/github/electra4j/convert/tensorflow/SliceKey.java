package io.github.electra4j.convert.tensorflow;

import java.nio.charset.StandardCharsets;

/**
 * The key under which one slice of a partitioned variable is filed, in the order-preserving
 * encoding of TensorFlow's {@code ordered_code}.
 */
final class SliceKey {
  private SliceKey() {}

  /** Whether {@code key} can only be a slice's, never a variable's. */
  static boolean isSliceKey(byte[] key) {
    return key.length > 0 && key[0] == 0;
  }

  /** Encodes 0, the name, the rank, and start and length of each axis (-1: the whole axis). */
  static byte[] of(String name, BundleMessages.Extent[] extents) {
    ByteSink out = new ByteSink();
    number(out, 0);
    string(out, name.getBytes(StandardCharsets.UTF_8));
    number(out, extents.length);
    for (BundleMessages.Extent extent : extents) {
      signed(out, extent.start());
      signed(out, extent.length());
    }
    return out.toBytes();
  }

  /** A count of bytes, then the bytes, most significant first. */
  private static void number(ByteSink out, long value) {
    int bytes = (64 - Long.numberOfLeadingZeros(value) + 7) / 8;
    out.octet(bytes);
    bigEndian(out, value, bytes);
  }

  /** 00 and ff are escaped, so that the terminator 00 01 sorts first. */
  private static void string(ByteSink out, byte[] text) {
    for (byte each : text) {
      out.octet(each);
      if (each == 0) {
        out.octet(0xff);
      } else if (each == (byte) 0xff) {
        out.octet(0);
      }
    }
    out.octet(0).octet(1);
  }

  /** Two's complement in n bytes whose leading n bits are inverted: positive sorts last. */
  private static void signed(ByteSink out, long value) {
    long magnitude = value < 0 ? ~value : value;
    int bits = 64 - Long.numberOfLeadingZeros(magnitude);
    int bytes = bits / 7 + 1;
    if (bytes >= 9) {
      wideSigned(out, value, bytes);
      return;
    }
    long header = ((1L << bytes) - 1) << (8 * bytes - bytes);
    bigEndian(out, value ^ header, bytes);
  }

  /** Nine or ten bytes: the inverted bits reach beyond the 64 bits of the value. */
  private static void wideSigned(ByteSink out, long value, int bytes) {
    int sign = value < 0 ? 0xff : 0;
    byte[] wide = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      int fromEnd = bytes - 1 - i;
      wide[i] = (byte) (fromEnd >= 8 ? sign : value >>> (8 * fromEnd));
    }
    for (int bit = 0; bit < bytes; bit++) {
      wide[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
    }
    out.raw(wide);
  }

  private static void bigEndian(ByteSink out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.octet((int) (value >>> (8 * i)));
    }
  }
}
