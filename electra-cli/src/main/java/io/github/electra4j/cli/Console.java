package io.github.electra4j.cli;

import java.io.PrintStream;

/**
 * Where a command speaks: data to standard output, talk to standard error.
 *
 * @param out data, and nothing else
 * @param err progress, remarks and errors
 * @param interactive whether a person watches standard error on a terminal
 */
record Console(PrintStream out, PrintStream err, boolean interactive) {

  /** Whether the launcher found standard error to be a terminal. */
  static boolean isTerminal() {
    return Boolean.getBoolean("electra.terminal");
  }

  /** Prints a line of data. */
  void data(String line) {
    out.println(line);
  }

  /** Prints a line of talk. */
  void say(String line) {
    err.println(line);
    err.flush();
  }
}
