package io.github.electra4j.tokenizer;

/**
 * A text in windows that end behind white space, so that no word and no context of a letter reaches
 * over a border. A long text is therefore not copied as a whole, and not at all behind the place
 * where a reader stops.
 */
final class TextWindows {
  private static final int WINDOW = 1 << 14;

  private final CharSequence text;
  private char[] chars = {};
  private int base;
  private int length;

  TextWindows(CharSequence text) {
    this.text = text;
  }

  /** Moves to the next window; false behind the last one. */
  boolean next() {
    base += length;
    if (base >= text.length()) {
      return false;
    }
    length = windowEnd() - base;
    if (chars.length <= length) {
      chars = new char[length + 1];
    }
    copy();
    chars[length] = ' ';
    return true;
  }

  /** The window's characters, and a space behind them. Reused by the next window. */
  char[] chars() {
    return chars;
  }

  /** UTF-16 units in the window. */
  int length() {
    return length;
  }

  /** UTF-16 offset of the window in the text. */
  int base() {
    return base;
  }

  private int windowEnd() {
    if (text.length() - base <= WINDOW) {
      return text.length();
    }
    for (int end = base + WINDOW; end > base; end--) {
      if (isSpace(text.charAt(end - 1))) {
        return end;
      }
    }
    int end = base + WINDOW;
    while (end < text.length() && !isSpace(text.charAt(end - 1))) {
      end++;
    }
    return end;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  private void copy() {
    if (text instanceof String string) {
      string.getChars(base, base + length, chars, 0);
    } else if (text instanceof StringBuilder builder) {
      builder.getChars(base, base + length, chars, 0);
    } else {
      for (int i = 0; i < length; i++) {
        chars[i] = text.charAt(base + i);
      }
    }
  }
}
