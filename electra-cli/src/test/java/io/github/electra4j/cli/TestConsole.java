package io.github.electra4j.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Consoles of tests. */
final class TestConsole {
  private TestConsole() {}

  /** Nothing to read, nobody to listen. */
  static Console silent() {
    return of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), 0, false);
  }

  /**
   * Nothing to read.
   *
   * @param columns width of the terminal; 0 for none
   */
  static Console of(OutputStream out, OutputStream err, int columns, boolean colours) {
    return new Console(
        InputStream.nullInputStream(),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns),
        colours);
  }
}
