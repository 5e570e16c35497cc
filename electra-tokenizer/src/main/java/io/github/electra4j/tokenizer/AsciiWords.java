package io.github.electra4j.tokenizer;

/**
 * Arithmetic on eight characters at once: a long whose bytes are characters, the first one lowest.
 * Bytes from 0x80 on are characters that are not ASCII.
 */
final class AsciiWords {
  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long CASE_BITS = 0x20 * EACH;

  // What lifts the first character of a range, or the one behind the last, to the high bit.
  private static final long FROM_A = (0x80 - 'a') * EACH;
  private static final long BEHIND_Z = (0x80 - 'z' - 1) * EACH;
  private static final long FROM_0 = (0x80 - '0') * EACH;
  private static final long BEHIND_9 = (0x80 - '9' - 1) * EACH;

  private AsciiWords() {}

  /** Whether a character is an ASCII letter or digit. */
  static boolean isWordCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** How many of the eight are letters or digits before the first that is none. */
  static int leading(long eight) {
    long ascii = eight & ~HIGH_BITS; // so that no sum carries over
    long lower = ascii | CASE_BITS; // moves no other character into the range of letters
    long letters = (lower + FROM_A) & ~(lower + BEHIND_Z);
    long digits = (ascii + FROM_0) & ~(ascii + BEHIND_9);
    long others = (~(letters | digits) | eight) & HIGH_BITS;
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /** Letters and digits with the letters in lower case. */
  static long lowerCase(long eight) {
    return eight | CASE_BITS;
  }

  /** The first characters, the others 0; {@code count} is 0 to 7. */
  static long first(long eight, int count) {
    return eight & ((1L << (count << 3)) - 1);
  }
}
