package io.github.electra4j.eval.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids that have been seen, as 16 bytes of their SHA-256 each: a false alarm has a probability of
 * about n²/2¹²⁹.
 */
final class IdSet {
  private final MessageDigest digest = newDigest();
  private long[] slots = new long[1 << 11];
  private int size;

  /** Adds an id; false if it was there. */
  boolean add(String id) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    long high = hash.getLong();
    long low = hash.getLong();
    if (4 * size > slots.length) {
      grow();
    }
    return insert(slots, high, low == 0 ? 1 : low); // a low half of 0 marks a free slot
  }

  private boolean insert(long[] into, long high, long low) {
    int mask = into.length / 2 - 1;
    int slot = (int) high & mask;
    while (into[2 * slot + 1] != 0) {
      if (into[2 * slot] == high && into[2 * slot + 1] == low) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    into[2 * slot] = high;
    into[2 * slot + 1] = low;
    size++;
    return true;
  }

  private void grow() {
    long[] old = slots;
    long[] larger = new long[2 * old.length];
    size = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != 0) {
        insert(larger, old[i], old[i + 1]);
      }
    }
    slots = larger;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
