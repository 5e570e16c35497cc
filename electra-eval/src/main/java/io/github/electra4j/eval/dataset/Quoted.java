package io.github.electra4j.eval.dataset;

/** A text from a file inside an error message. */
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  /** The text, or its beginning followed by an ellipsis; line breaks and tabs as blanks. */
  static String shortened(String text) {
    String line =
        text.codePoints()
            .limit(LONGEST + 1)
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
