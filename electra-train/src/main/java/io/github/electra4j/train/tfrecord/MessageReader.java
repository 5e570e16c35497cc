package io.github.electra4j.train.tfrecord;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.charset.StandardCharsets;

/** Walks over the fields of a protobuf message. */
final class MessageReader {
  /** Wire type of whole numbers. */
  static final int VARINT = 0;

  /** Wire type of 8 bytes. */
  static final int FIXED64 = 1;

  /** Wire type of strings, messages and packed lists. */
  static final int LENGTH_DELIMITED = 2;

  /** Wire type of 4 bytes. */
  static final int FIXED32 = 5;

  private static final int WIRE_TYPE_BITS = 3;
  private static final int WIRE_TYPE_MASK = (1 << WIRE_TYPE_BITS) - 1;
  private static final int MAX_VARINT_BYTES = 10;

  private final String source;
  private final byte[] bytes;
  private final int end;
  private int at;
  private int tag;

  private MessageReader(String source, byte[] bytes, int from, int end) {
    this.source = source;
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * @param source what errors call the message
   */
  static MessageReader of(String source, byte[] message) {
    return new MessageReader(source, message, 0, message.length);
  }

  /** Goes to the next field; false after the last one. */
  boolean next() throws MalformedFileException {
    if (at == end) {
      return false;
    }
    long key = varint();
    tag = (int) key;
    if (key != tag || field() < 1) {
      throw malformed("field key %d is not one".formatted(key));
    }
    return true;
  }

  /** Number of the field, at least 1. */
  int field() {
    return tag >>> WIRE_TYPE_BITS;
  }

  /** Whether the field has this number and this wire type. */
  boolean is(int field, int wireType) {
    return field() == field && (tag & WIRE_TYPE_MASK) == wireType;
  }

  /** Whether there are no bytes left. */
  boolean isAtEnd() {
    return at == end;
  }

  /** A message, string or packed list, as a reader of its bytes. */
  MessageReader message() throws MalformedFileException {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw malformed("a field of %d bytes has only %d left".formatted(length, end - at));
    }
    int from = at;
    at += (int) length;
    return new MessageReader(source, bytes, from, at);
  }

  /** All bytes left, as text. */
  String text() {
    return new String(rest(), StandardCharsets.UTF_8);
  }

  /** All bytes left. */
  byte[] rest() {
    byte[] rest = java.util.Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /** Number of bytes left. */
  int left() {
    return end - at;
  }

  /** Number of whole numbers in a packed list. */
  int varints() {
    int count = 0;
    for (int i = at; i < end; i++) {
      count += bytes[i] >= 0 ? 1 : 0;
    }
    return count;
  }

  /** A whole number of up to 64 bits. */
  long varint() throws MalformedFileException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (at == end) {
        throw malformed("a number is cut off");
      }
      byte next = bytes[at++];
      if (i == MAX_VARINT_BYTES - 1 && (next & ~1) != 0) {
        break;
      }
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number has more than 64 bits");
  }

  /** Four bytes, little endian. */
  int fixed32() throws MalformedFileException {
    if (end - at < Integer.BYTES) {
      throw malformed("4 bytes are expected, but %d are left".formatted(end - at));
    }
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value |= (bytes[at++] & 0xFF) << (8 * i);
    }
    return value;
  }

  /** Passes over a field that is of no interest. */
  void skip() throws MalformedFileException {
    switch (tag & WIRE_TYPE_MASK) {
      case VARINT -> varint();
      case LENGTH_DELIMITED -> message();
      case FIXED32 -> fixed32();
      case FIXED64 -> {
        fixed32();
        fixed32();
      }
      default -> throw malformed("field %d has wire type %d".formatted(field(), tag & 7));
    }
  }

  MalformedFileException malformed(String problem) {
    return MalformedFileException.in(
        source,
        "this is no tf.train.Example, at byte %d of %d: %s. Make the file again."
            .formatted(at, bytes.length, problem));
  }
}
