package io.github.electra4j.train.tfrecord;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.ByteBuffer;

/**
 * How a record lies in a file: its length (8 bytes), the checksum of the length (4), its bytes, and
 * their checksum (4), all little endian.
 */
final class RecordLayout {
  /** Bytes in front of a record. */
  static final int HEADER = Long.BYTES + Integer.BYTES;

  /** Bytes behind a record. */
  static final int FOOTER = Integer.BYTES;

  private static final String DAMAGED =
      "The file is damaged, or it is no TFRecord file; copy or make it again.";

  private RecordLayout() {}

  /**
   * The length of a record.
   *
   * @param header {@value #HEADER} bytes in little-endian order from the buffer's position on
   * @param left bytes of the file behind the header
   */
  static int length(Object file, long offset, ByteBuffer header, long left)
      throws MalformedFileException {
    int start = header.position();
    long length = header.getLong(start);
    int stored = header.getInt(start + Long.BYTES);
    int actual = MaskedCrc.of(header.duplicate().limit(start + Long.BYTES));
    if (stored != actual) {
      throw checksum(file, offset, "the length of a record", stored, actual);
    }
    if (length < 0 || length > left - FOOTER) {
      throw MalformedFileException.at(
          file,
          offset,
          "a record of %d bytes starts here, but the file has only %d more bytes. %s"
              .formatted(length, Math.max(0, left - FOOTER), DAMAGED));
    }
    if (length > Integer.MAX_VALUE - HEADER - FOOTER) {
      throw MalformedFileException.at(
          file, offset, "a record of %d bytes is too large for an array.".formatted(length));
    }
    return (int) length;
  }

  /** Compares the checksum behind a record with the one of its bytes. */
  static void check(Object file, long offset, byte[] record, int stored)
      throws MalformedFileException {
    int actual = MaskedCrc.of(record, 0, record.length);
    if (stored != actual) {
      throw checksum(file, offset, "a record", stored, actual);
    }
  }

  /** The file ends within a header or a record. */
  static MalformedFileException truncated(Object file, long offset, long wanted, long found) {
    return MalformedFileException.at(
        file,
        offset,
        "the file ends after %d of %d bytes of a record. %s".formatted(found, wanted, DAMAGED));
  }

  private static MalformedFileException checksum(
      Object file, long offset, String what, int stored, int actual) {
    return MalformedFileException.at(
        file,
        offset,
        "the checksum of %s is %08x, but its bytes have %08x. %s"
            .formatted(what, stored, actual, DAMAGED));
  }
}
