package io.github.electra4j.convert;

import java.util.Arrays;
import java.util.Random;

/**
 * Damages bytes as transfers, disks and hostile people do; the same random numbers, the same
 * damage.
 */
final class Mutation {
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 40
  };

  private final Random random;
  private final byte[] whole;
  private final int[] zones;

  /**
   * @param whole the undamaged bytes
   * @param zones pairs of first byte and end of stretches that are hit most of the time
   */
  Mutation(byte[] whole, int[] zones, Random random) {
    this.whole = whole;
    this.zones = zones;
    this.random = random;
  }

  /** The next damaged copy. */
  byte[] next() {
    if (random.nextInt(20) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] bytes = whole.clone();
    int hits = 1 + random.nextInt(4);
    for (int i = 0; i < hits; i++) {
      bytes = hit(bytes);
    }
    return bytes;
  }

  private byte[] hit(byte[] bytes) {
    int at = place(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> number(bytes, at, 1 << random.nextInt(4));
      case 3 -> copy(bytes, at, place(bytes.length));
      case 4 -> {
        return without(bytes, at, 1 + random.nextInt(8));
      }
      case 5 -> {
        return digits(bytes, at, 1 + random.nextInt(8));
      }
      default -> {
        return with(bytes, at, 1 + random.nextInt(8));
      }
    }
    return bytes;
  }

  private int place(int length) {
    if (zones.length == 0 || random.nextInt(10) == 0) {
      return random.nextInt(length);
    }
    int zone = 2 * random.nextInt(zones.length / 2);
    return Math.min(length - 1, zones[zone] + random.nextInt(zones[zone + 1] - zones[zone]));
  }

  private void number(byte[] bytes, int at, int width) {
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }

  private void copy(byte[] bytes, int from, int to) {
    int length = Math.min(1 + random.nextInt(64), bytes.length - Math.max(from, to));
    System.arraycopy(bytes, from, bytes, to, length);
  }

  private static byte[] without(byte[] bytes, int at, int wanted) {
    int length = Math.min(wanted, bytes.length - at - 1);
    byte[] out = Arrays.copyOf(bytes, bytes.length - length);
    System.arraycopy(bytes, at + length, out, at, bytes.length - at - length);
    return out;
  }

  /** Makes a number that is written as text as large as it gets. */
  private byte[] digits(byte[] bytes, int at, int length) {
    byte[] out = with(bytes, at, length);
    for (int i = 0; i < length; i++) {
      out[at + i] = (byte) ('0' + random.nextInt(10));
    }
    return out;
  }

  private byte[] with(byte[] bytes, int at, int length) {
    byte[] out = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, out, 0, at);
    for (int i = 0; i < length; i++) {
      out[at + i] = (byte) random.nextInt();
    }
    System.arraycopy(bytes, at, out, at + length, bytes.length - at);
    return out;
  }
}
