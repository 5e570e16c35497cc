package io.github.electra4j.tokenizer;

/**
 * The lower case of a capital sigma (The Unicode Standard, Final_Sigma): ς behind a letter with
 * case and not before one, σ elsewhere. Ignorable characters, such as an apostrophe, are looked
 * through. Example: ΟΔΟΣ. → οδος. but ΟΔΟΣ.Α → οδοσ.α
 */
final class FinalSigma {
  private static final int ORDINARY = 0x3C3;
  private static final int FINAL = 0x3C2;

  private FinalSigma() {}

  /** Lower case of the sigma at an index. White space ends every search, as it has no case. */
  static int lowerCase(CharacterTable table, String chars, int sigma) {
    boolean isFinal = casedBefore(table, chars, sigma) && !casedBehind(table, chars, sigma + 1);
    return isFinal ? FINAL : ORDINARY;
  }

  private static boolean casedBefore(CharacterTable table, String chars, int end) {
    for (int i = end; i > 0; ) {
      int codePoint = chars.codePointBefore(i);
      if (!isLookedThrough(table, codePoint)) {
        return isCased(codePoint);
      }
      i -= Character.charCount(codePoint);
    }
    return false;
  }

  private static boolean casedBehind(CharacterTable table, String chars, int start) {
    for (int i = start; i < chars.length(); ) {
      int codePoint = chars.codePointAt(i);
      if (!isLookedThrough(table, codePoint)) {
        return isCased(codePoint);
      }
      i += Character.charCount(codePoint);
    }
    return false;
  }

  /** Dropped characters are gone before the text is lower-cased. */
  private static boolean isLookedThrough(CharacterTable table, int codePoint) {
    return CharacterTable.kind(table.entry(codePoint)) == CharacterTable.DROPPED
        || UnicodeData.get().casing(codePoint) == UnicodeData.IGNORABLE;
  }

  private static boolean isCased(int codePoint) {
    return UnicodeData.get().casing(codePoint) == UnicodeData.CASED;
  }
}
