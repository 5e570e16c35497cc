package io.github.electra4j.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one message on standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler {
  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    console.out().flush();
    Throwable cause =
        exception instanceof UncheckedIOException unchecked ? unchecked.getCause() : exception;
    console.say(command.getColorScheme().errorText("error: " + message(cause)).toString());
    if (ElectraCommand.wantsStackTrace(command)) {
      exception.printStackTrace(console.err());
    }
    return code(cause);
  }

  private static int code(Throwable cause) {
    if (cause instanceof IOException) {
      return ExitCode.BAD_INPUT;
    }
    return cause instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  private static String message(Throwable cause) {
    if (cause instanceof NoSuchFileException missing && missing.getReason() == null) {
      return missing.getFile() + " does not exist. Check the path.";
    }
    if (cause instanceof FileNotFoundException missing) {
      return missing.getMessage() + ". Check the path.";
    }
    if (cause instanceof FileAlreadyExistsException existing && existing.getReason() == null) {
      return existing.getFile() + " exists already. Choose another name or pass --overwrite.";
    }
    if (cause instanceof FileSystemException failed && failed.getReason() != null) {
      return "%s: %s".formatted(failed.getFile(), failed.getReason());
    }
    if (cause.getMessage() == null || isBug(cause)) {
      return "%s%s; this is a fault of electra4j, please report it with --stacktrace"
          .formatted(
              cause.getClass().getSimpleName(),
              cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
    }
    return cause.getMessage();
  }

  private static boolean isBug(Throwable cause) {
    return cause instanceof NullPointerException
        || cause instanceof IndexOutOfBoundsException
        || cause instanceof ClassCastException;
  }
}
