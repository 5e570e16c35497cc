package io.github.electra4j.eval.dataset;

/** The cells of a line whose columns are separated by white space. */
final class Cells {
  private static final String[] NONE = {};

  private Cells() {}

  /** The cells; none for a blank line. Other spaces than blank and tab may be part of a word. */
  static String[] of(String line) {
    String stripped = strip(line);
    return stripped.isEmpty() ? NONE : stripped.split("[ \t]+");
  }

  private static String strip(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && isSeparator(line.charAt(from))) {
      from++;
    }
    while (to > from && isSeparator(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '\t';
  }
}
