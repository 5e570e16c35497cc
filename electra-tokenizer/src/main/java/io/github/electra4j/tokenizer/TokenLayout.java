package io.github.electra4j.tokenizer;

/**
 * Which place of an encoding belongs to what: {@code [CLS] first [SEP]}, then {@code second [SEP]}
 * if there is a second text, then padding.
 *
 * @param specialTokens whether {@code [CLS]} and {@code [SEP]} are there
 * @param first pieces of the first text
 * @param second pieces of the second text, 0 if there is none
 * @param length tokens altogether, padding included
 */
record TokenLayout(boolean specialTokens, int first, int second, int length) {

  /** Special tokens beside the texts. */
  static int specialTokens(boolean specialTokens, boolean pair) {
    if (!specialTokens) {
      return 0;
    }
    return pair ? 3 : 2;
  }

  /** A layout without padding. */
  static TokenLayout of(boolean specialTokens, int first, int second) {
    int length = first + second + specialTokens(specialTokens, second > 0);
    return new TokenLayout(specialTokens, first, second, length);
  }

  TokenLayout paddedTo(int length) {
    return new TokenLayout(specialTokens, first, second, Math.max(length, tokens()));
  }

  private int separator() {
    return specialTokens ? 1 : 0;
  }

  int firstStart() {
    return separator();
  }

  int firstEnd() {
    return firstStart() + first;
  }

  int secondStart() {
    return firstEnd() + separator();
  }

  int secondEnd() {
    return secondStart() + second;
  }

  /** Where padding starts. */
  int tokens() {
    return second > 0 ? secondEnd() + separator() : secondStart();
  }

  /** 0 in the first text, 1 in the second, {@link Encoding#NONE} for a special token. */
  int sequence(int index) {
    if (index >= firstStart() && index < firstEnd()) {
      return 0;
    }
    return index >= secondStart() && index < secondEnd() ? 1 : Encoding.NONE;
  }
}
