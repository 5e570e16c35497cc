package io.github.electra4j.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text in windows that end behind white space, so that no word and no context of a letter reaches
 * over a border. A long text is therefore not copied as a whole, and not at all behind the place
 * where a reader stops.
 */
final class TextWindows {
  private static final int WINDOW = 1 << 14;

  /** Bytes behind the window, none of them a letter, so that longs can be read at its end. */
  private static final int PADDING = 2 * Long.BYTES;

  private final CharSequence text;
  private String window = "";
  private byte[] ascii = {};
  private int base;

  TextWindows(CharSequence text) {
    this.text = text;
  }

  /** Moves to the next window; false behind the last one. */
  boolean next() {
    base += window.length();
    if (base >= text.length()) {
      return false;
    }
    window = slice(windowEnd());
    ascii = narrow(window);
    return true;
  }

  /** The window's characters. */
  String chars() {
    return window;
  }

  /**
   * The window's characters as bytes for {@link AsciiWords}, each at its place, and zeros behind
   * them. A character that is not ASCII is a byte that is no letter and no white space.
   */
  byte[] ascii() {
    return ascii;
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

  private String slice(int end) {
    if (text instanceof String string) {
      return string.substring(base, end);
    }
    char[] chars = new char[end - base];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = text.charAt(base + i);
    }
    return new String(chars);
  }

  /** Java's own conversion is the fastest; it writes one question mark per surrogate pair. */
  private static byte[] narrow(String window) {
    int length = window.length();
    byte[] latin = window.getBytes(StandardCharsets.ISO_8859_1);
    byte[] padded = Arrays.copyOf(latin, length + PADDING);
    if (latin.length != length) {
      for (int i = 0; i < length; i++) {
        char c = window.charAt(i);
        padded[i] = c < 0x80 ? (byte) c : (byte) '?';
      }
    }
    return padded;
  }
}
