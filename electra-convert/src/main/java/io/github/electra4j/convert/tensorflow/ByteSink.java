package io.github.electra4j.convert.tensorflow;

import java.io.ByteArrayOutputStream;

/** Growing bytes with the number encodings of tables and protocol buffers. */
final class ByteSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  int size() {
    return bytes.size();
  }

  ByteSink raw(byte[] source, int from, int count) {
    bytes.write(source, from, count);
    return this;
  }

  ByteSink raw(byte[] source) {
    return raw(source, 0, source.length);
  }

  ByteSink octet(int value) {
    bytes.write(value);
    return this;
  }

  ByteSink fixed32(int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.write(value >>> shift);
    }
    return this;
  }

  ByteSink varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  void clear() {
    bytes.reset();
  }
}
