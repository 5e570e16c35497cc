package io.github.electra4j.tokenizer;

/** White space as Python's {@code str.strip} and {@code str.split} see it. */
final class PythonSpace {
  private static final int LAST_ASCII = 0x7F;

  private PythonSpace() {}

  static boolean isSpace(int codePoint) {
    if (codePoint <= LAST_ASCII) {
      return codePoint == ' '
          || (codePoint >= '\t' && codePoint <= '\r')
          || (codePoint >= 0x1C && codePoint <= 0x1F);
    }
    if (codePoint == 0x85) { // next line
      return true;
    }
    int group = UnicodeData.get().groups().valueAt(codePoint);
    return group == UnicodeData.SPACE || group == UnicodeData.LINE;
  }

  /** The characters {@code from} to {@code to}, exclusive, without white space at either end. */
  static String strip(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
