package io.github.electra4j.tokenizer;

/**
 * Ids of the short words of plain letters and digits, the bulk of English text: up to 10 characters
 * of 6 bits fit into one long, so that a lookup is one multiplication and usually one read.
 */
final class ShortWords {
  /** Longest word in characters. */
  static final int MAX_LENGTH = 10;

  /** Returned for a word that is not there. */
  static final int ABSENT = -1;

  private static final int BITS_PER_CHARACTER = 6;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final long[] words; // open addressing; 0 where free
  private final int[] ids;
  private final int shift;

  private ShortWords(int bits) {
    words = new long[1 << bits];
    ids = new int[1 << bits];
    shift = Long.SIZE - bits;
  }

  /** The short words among pieces; the last of equal pieces wins. */
  static ShortWords of(String[] pieces) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * pieces.length);
    ShortWords table = new ShortWords(bits);
    for (int id = 0; id < pieces.length; id++) {
      long packed = packed(pieces[id]);
      if (packed != 0) {
        int slot = table.slot(packed);
        table.words[slot] = packed;
        table.ids[slot] = id;
      }
    }
    return table;
  }

  private static long packed(String piece) {
    if (piece.length() > MAX_LENGTH) {
      return 0;
    }
    long packed = 0;
    for (int i = 0; i < piece.length(); i++) {
      int code = code(piece.charAt(i));
      if (code == 0) {
        return 0;
      }
      packed = pack(packed, code);
    }
    return packed;
  }

  /** Appends a character, given by its code, to a packed word that starts as 0. */
  static long pack(long packed, int code) {
    return (packed << BITS_PER_CHARACTER) | code;
  }

  /** Number of an ASCII letter or digit, 1 to 62; 0 for every other character. */
  static int code(int character) {
    if (character >= 'a' && character <= 'z') {
      return character - 'a' + 1;
    }
    if (character >= '0' && character <= '9') {
      return character - '0' + 27;
    }
    if (character >= 'A' && character <= 'Z') {
      return character - 'A' + 37;
    }
    return 0;
  }

  /** Id of a packed word, or {@link #ABSENT}. */
  int id(long packed) {
    int slot = slot(packed);
    return words[slot] == packed ? ids[slot] : ABSENT;
  }

  /** The slot that holds the word, or the free one where it belongs. */
  private int slot(long packed) {
    int slot = (int) ((packed * GOLDEN_RATIO) >>> shift);
    while (words[slot] != packed && words[slot] != 0) {
      slot = (slot + 1) & (words.length - 1);
    }
    return slot;
  }
}
