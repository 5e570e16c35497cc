package io.github.electra4j.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
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
    report(console, message(cause));
    if (cause instanceof WrongUsageException) {
      UsageErrors.hint(console, command);
    }
    if (ElectraCommand.wantsStackTrace(command)) {
      exception.printStackTrace(console.err());
    }
    return code(cause);
  }

  /**
   * What ends the program although no command is to blame: the machine or the installation.
   *
   * @return the exit code
   */
  static int ofMachine(Console console, Error error) {
    if (error instanceof OutOfMemoryError) {
      report(
          console,
          "There is not enough memory (%s). Use smaller batches or shorter sequences, or give Java more: ELECTRA_JAVA_OPTS=-Xmx4g."
              .formatted(error.getMessage()));
    } else if (error instanceof IncompatibleClassChangeError) {
      report(
          console,
          "The libraries do not belong together (%s). Build again, or delete other versions of them from the lib folder beside electra-cli.jar."
              .formatted(error));
    } else {
      report(
          console,
          "ND4J's native library cannot be loaded (%s). Is there a build for this platform in the lib folder beside electra-cli.jar?"
              .formatted(error));
    }
    return ExitCode.FAILURE;
  }

  /** Prints an error. */
  static void report(Console console, String message) {
    String line = "error: " + message;
    console.error(console.colours() ? Ansi.ON.string("@|bold,red error:|@ ") + message : line);
  }

  private static int code(Throwable cause) {
    if (cause instanceof WrongUsageException) {
      return ExitCode.USAGE;
    }
    return cause instanceof IOException failed && !MachineFaults.isOne(failed)
        ? ExitCode.BAD_INPUT
        : ExitCode.FAILURE;
  }

  /** What the user is told. */
  static String message(Throwable cause) {
    if (cause instanceof FileSystemException failed && failed.getFile() != null) {
      return message(failed);
    }
    String message = cause.getMessage();
    if (message == null || isBug(cause)) {
      return "%s%s; this is a fault of electra4j, please report it with --stacktrace"
          .formatted(cause.getClass().getSimpleName(), message == null ? "" : " (" + message + ")");
    }
    if (cause instanceof UnknownHostException) {
      return message + ". Check the host's name and the network.";
    }
    boolean bare = cause instanceof FileNotFoundException && !message.endsWith(".");
    return bare ? message + ". Check the path." : message;
  }

  private static String message(FileSystemException failed) {
    if (failed.getReason() != null) {
      return "%s: %s".formatted(failed.getFile(), failed.getReason());
    }
    if (failed instanceof NoSuchFileException) {
      return failed.getFile() + " does not exist. Check the path.";
    }
    if (failed instanceof FileAlreadyExistsException) {
      return failed.getFile() + " exists already. Choose another name or pass --overwrite.";
    }
    if (failed instanceof AccessDeniedException) {
      return failed.getFile() + " may not be read or written. Check its permissions.";
    }
    if (failed instanceof NotDirectoryException) {
      return failed.getFile() + " is not a folder. Check the path.";
    }
    return "%s cannot be used (%s).".formatted(failed.getFile(), failed.getClass().getSimpleName());
  }

  private static boolean isBug(Throwable cause) {
    return cause instanceof NullPointerException
        || cause instanceof IndexOutOfBoundsException
        || cause instanceof ClassCastException;
  }
}
