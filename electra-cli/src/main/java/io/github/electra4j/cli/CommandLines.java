package io.github.electra4j.cli;

import io.github.electra4j.cli.device.DeviceGuard;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** The whole command line as one object: parsing, help, errors and exit codes. */
final class CommandLines {
  private CommandLines() {}

  /** Runs one command line that nobody stops. */
  static int run(Console console, String... args) {
    return run(console, new Interruption(console), args);
  }

  /** As {@link #run(Console, String...)}, with the requests to stop that are given. */
  static int run(Console console, Interruption interruption, String... args) {
    try {
      return written(console, execute(console, interruption, args));
    } finally {
      interruption.finished();
    }
  }

  private static int execute(Console console, Interruption interruption, String... args) {
    try {
      return of(console, interruption).execute(args);
    } catch (OutOfMemoryError | LinkageError e) {
      return Failures.ofMachine(console, e);
    }
  }

  /** Full disks and closed pipes are noticed here: a print stream remembers, but does not tell. */
  private static int written(Console console, int code) {
    console.clearStatus();
    boolean lost = console.out().checkError();
    if (lost) {
      Failures.report(console, "Standard output cannot be written; its reader got only a part.");
    }
    console.err().flush();
    return lost && code == ExitCode.OK ? ExitCode.FAILURE : code;
  }

  /** The parser with every command. */
  static CommandLine of(Console console, Interruption interruption) {
    CommandLine line = new CommandLine(new ElectraCommand(console));
    for (Object command : ElectraCommand.commands(console, interruption)) {
      line.addSubcommand(command);
    }
    HelpCommand.offerAll(line);
    DeviceArguments.addTo(line);
    line.setExecutionStrategy(DeviceArguments.checked(console, DeviceGuard.ofProcess()));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(true);
    line.setColorScheme(
        Help.defaultColorScheme(console.palette() == Palette.NONE ? Ansi.OFF : Ansi.ON));
    line.setParameterExceptionHandler(new UsageErrors(console));
    line.setExecutionExceptionHandler(new Failures(console));
    HelpLayout.apply(line);
    return line;
  }
}
