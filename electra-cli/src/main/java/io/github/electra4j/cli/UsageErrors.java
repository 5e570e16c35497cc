package io.github.electra4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a few lines what is wrong with a command line and where to read more. */
final class UsageErrors implements IParameterExceptionHandler {
  /** Names of constants, which users know in lower case. */
  private static final Pattern CHOICES =
      Pattern.compile("(?<=expected one of )(\\[[A-Z0-9_, ]+]) \\(case-insensitive\\)");

  private final Console console;

  UsageErrors(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    Failures.report(console, message(problem, command));
    StringWriter suggestions = new StringWriter();
    UnmatchedArgumentException.printSuggestions(problem, new PrintWriter(suggestions, true));
    if (!suggestions.toString().isBlank()) {
      console.say(suggestions.toString().strip());
    }
    hint(console, command);
    return ExitCode.USAGE;
  }

  private static String message(ParameterException problem, CommandLine command) {
    if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String argument = unmatched.getUnmatched().get(0);
      return command.getSubcommands().isEmpty()
          ? "There is an argument too many: \"%s\".".formatted(argument)
          : noCommand(command, argument);
    }
    String message = problem.getMessage().replaceFirst("^Error: ", "");
    return CHOICES
        .matcher(message)
        .replaceFirst(choices -> choices.group(1).toLowerCase(Locale.ROOT));
  }

  /** What is said of a command that does not exist. */
  static String noCommand(CommandLine all, String name) {
    return "There is no command \"%s\"; known: %s."
        .formatted(name, String.join(", ", all.getSubcommands().keySet()));
  }

  /** Points at the help. */
  static void hint(Console console, CommandLine command) {
    console.say("Try: %s --help".formatted(command.getCommandSpec().qualifiedName()));
  }
}
