package io.github.electra4j.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.OptionalInt;

/**
 * Where a command reads and speaks: data to standard output, talk to standard error. On a terminal,
 * the last line of the talk may be a status that is rewritten; whatever is printed next takes its
 * place. Safe to use from several threads.
 */
final class Console {
  private static final int USUAL_COLUMNS = 80;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final OptionalInt columns;
  private final boolean colours;
  private final Palette palette;
  private int statusLength;
  private boolean quiet;

  /**
   * @param in text to read
   * @param out data, and nothing else
   * @param err progress, remarks and errors
   * @param columns width of the terminal on which a person watches {@code err}; empty if nobody
   *     does
   * @param colours whether errors may be coloured there
   */
  Console(InputStream in, PrintStream out, PrintStream err, OptionalInt columns, boolean colours) {
    this(in, out, err, columns, colours, Palette.NONE);
  }

  /**
   * As the other.
   *
   * @param palette colours for data on {@code out}
   */
  Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      OptionalInt columns,
      boolean colours,
      Palette palette) {
    this.palette = palette;
    this.in = in;
    this.out = out;
    this.err = err;
    this.columns = columns;
    this.colours = colours && columns.isPresent();
  }

  /**
   * The width of the terminal on standard error, if it is one, as the launcher found it: {@code
   * -Delectra.columns}.
   *
   * @param property its value, or null; not a width stands for a terminal that does not say
   */
  static OptionalInt columns(String property) {
    if (property == null || property.isEmpty()) {
      return OptionalInt.empty();
    }
    boolean width = property.matches("[1-9]\\d{0,4}");
    return OptionalInt.of(width ? Integer.parseInt(property) : USUAL_COLUMNS);
  }

  /**
   * Whether the user lets programs use colours (no-color.org).
   *
   * @param noColor value of the environment variable {@code NO_COLOR}, or null
   */
  static boolean allowsColours(String noColor) {
    return noColor == null || noColor.isEmpty();
  }

  /** Text to read. */
  InputStream in() {
    return in;
  }

  /** Data, and nothing else. */
  PrintStream out() {
    return out;
  }

  /** Talk; {@link #say} is the way to it for everything that has a line of its own. */
  PrintStream err() {
    return err;
  }

  /** Whether a person watches the talk on a terminal. */
  boolean isTerminal() {
    return columns.isPresent();
  }

  /** Whether errors are coloured. */
  boolean colours() {
    return colours;
  }

  /** The colours that data may have. */
  Palette palette() {
    return palette;
  }

  /** Prints a line of data. */
  synchronized void data(String line) {
    clearStatus();
    out.println(line);
  }

  /** Prints lines of data; the last one may lack its line break. */
  synchronized void dataBlock(String lines) {
    clearStatus();
    out.print(lines.endsWith("\n") ? lines : lines + System.lineSeparator());
  }

  /** Whether talk is left out; errors are not. */
  synchronized void setQuiet(boolean wanted) {
    quiet = wanted;
  }

  /** Prints a line of talk. */
  synchronized void say(String line) {
    if (!quiet) {
      error(line);
    }
  }

  /** Prints a line that even those who want no talk are told. */
  synchronized void error(String line) {
    clearStatus();
    err.println(line);
    err.flush();
  }

  /** Shows a line that the next one replaces; without a terminal it is a line like any other. */
  synchronized void status(String line) {
    if (quiet) {
      return;
    }
    if (columns.isEmpty()) {
      say(line);
      return;
    }
    String shown = line.substring(0, Math.min(line.length(), columns.getAsInt() - 1));
    err.print("\r" + shown + " ".repeat(Math.max(0, statusLength - shown.length())));
    err.flush();
    statusLength = shown.length();
  }

  /** Removes the status, if there is one. */
  synchronized void clearStatus() {
    if (statusLength > 0) {
      err.print("\r" + " ".repeat(statusLength) + "\r");
      err.flush();
      statusLength = 0;
    }
  }
}
