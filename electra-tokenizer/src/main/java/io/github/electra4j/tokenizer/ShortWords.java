package io.github.electra4j.tokenizer;

/**
 * Ids of the short words of plain letters and digits, the bulk of English text. A word of up to 12
 * ASCII characters is two numbers, its first eight bytes and its next four, so that a lookup is two
 * multiplications and usually one read.
 */
final class ShortWords {
  /** Longest word in characters. */
  static final int MAX_LENGTH = 12;

  /** Characters in the first number of a word. */
  static final int HEAD_LENGTH = 8;

  /** Returned for a word that is not there. */
  static final int ABSENT = -1;

  private static final long HEAD_FACTOR = 0x9E3779B97F4A7C15L;
  private static final long TAIL_FACTOR = 0xC2B2AE3D27D4EB4FL;

  /** Per slot the head of a word, 0 where free, and its id and tail in one number. */
  private final long[] slots;

  private final int shift;

  private ShortWords(int bits) {
    slots = new long[2 << bits];
    shift = Long.SIZE - bits;
  }

  /** The short words among pieces; the last of equal pieces wins. */
  static ShortWords of(String[] pieces) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * pieces.length);
    ShortWords table = new ShortWords(bits);
    for (int id = 0; id < pieces.length; id++) {
      if (isShortWord(pieces[id])) {
        table.put(pieces[id], id);
      }
    }
    return table;
  }

  private static boolean isShortWord(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      if (!AsciiWords.isWordCharacter(piece.charAt(i))) {
        return false;
      }
    }
    return !piece.isEmpty() && piece.length() <= MAX_LENGTH;
  }

  private void put(String word, int id) {
    long head = 0;
    long tail = 0;
    for (int i = word.length() - 1; i >= 0; i--) {
      if (i >= HEAD_LENGTH) {
        tail = (tail << Byte.SIZE) | word.charAt(i);
      } else {
        head = (head << Byte.SIZE) | word.charAt(i);
      }
    }
    int slot = slot(head, tail);
    slots[slot] = head;
    slots[slot + 1] = ((long) id << Integer.SIZE) | tail;
  }

  /**
   * Id of a word, or {@link #ABSENT}.
   *
   * @param head its first 8 characters, the first one in the lowest byte
   * @param tail the other characters, at most 4, in the same way
   */
  int id(long head, long tail) {
    int slot = slot(head, tail);
    return slots[slot] == 0 ? ABSENT : (int) (slots[slot + 1] >>> Integer.SIZE);
  }

  /** The slot that holds the word, or the free one where it belongs. */
  private int slot(long head, long tail) {
    int slot = (int) ((head * HEAD_FACTOR + tail * TAIL_FACTOR) >>> shift) << 1;
    while (slots[slot] != 0 && !(slots[slot] == head && (int) slots[slot + 1] == (int) tail)) {
      slot = (slot + 2) & (slots.length - 1);
    }
    return slot;
  }
}
