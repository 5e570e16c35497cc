package io.github.electra4j.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The whole command line as one object: parsing, help, errors and exit codes. */
final class CommandLines {
  private CommandLines() {}

  /** Runs one command line; used by the process and, without one, by tests. */
  static int run(Console console, String... args) {
    Interruption interruption = new Interruption();
    CommandLine line = of(console, interruption);
    try {
      return line.execute(args);
    } finally {
      console.out().flush();
      console.err().flush();
      interruption.finished();
    }
  }

  /** The parser with every command. */
  static CommandLine of(Console console, Interruption interruption) {
    CommandLine line = new CommandLine(new ElectraCommand());
    for (Object command : ElectraCommand.commands(console, interruption)) {
      line.addSubcommand(command);
    }
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setAbbreviatedOptionsAllowed(true);
    line.setExecutionExceptionHandler(new Failures(console));
    return line;
  }
}
