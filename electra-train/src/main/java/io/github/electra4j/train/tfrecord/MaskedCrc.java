package io.github.electra4j.train.tfrecord;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C as stored in record files: rotated and offset, so that a CRC of CRCs is sound. */
final class MaskedCrc {
  private static final int MASK_DELTA = 0xa282ead8;

  private MaskedCrc() {}

  static int of(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return mask(crc);
  }

  /** Of the bytes between position and limit, both of which stay where they are. */
  static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return mask(crc);
  }

  private static int mask(CRC32C crc) {
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }
}
