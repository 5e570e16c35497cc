package io.github.electra4j.tokenizer;

/**
 * The arithmetic of Hangul syllables (The Unicode Standard, section 3.12): a syllable is a leading
 * consonant, a vowel and perhaps a trailing consonant. Example: 한 → ᄒ ᅡ ᆫ.
 */
final class HangulSyllables {
  static final int FIRST = 0xAC00;
  static final int LAST = 0xD7A3;

  private static final int LEADING = 0x1100;
  private static final int VOWEL = 0x1161;
  private static final int TRAILING = 0x11A7; // one before the first, which stands for none
  private static final int VOWELS = 21;
  private static final int TRAILINGS = 28;

  private HangulSyllables() {}

  static int leading(int syllable) {
    return LEADING + (syllable - FIRST) / (VOWELS * TRAILINGS);
  }

  static int vowel(int syllable) {
    return VOWEL + (syllable - FIRST) % (VOWELS * TRAILINGS) / TRAILINGS;
  }

  static boolean hasTrailing(int syllable) {
    return (syllable - FIRST) % TRAILINGS != 0;
  }

  static int trailing(int syllable) {
    return TRAILING + (syllable - FIRST) % TRAILINGS;
  }
}
