package io.github.electra4j.cli;

import io.github.electra4j.cli.device.NativeLibrary;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The entry point of the command line, and the only place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.setProperty("org.nd4j.log.initialization", "false");
    NativeLibrary.choose();
    Console console =
        new Console(
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            Console.columns(System.getProperty("electra.columns")),
            Console.allowsColours(System.getenv("NO_COLOR")),
            Palette.of(System.getenv(), Boolean.getBoolean("electra.terminal")));
    Interruption interruption = new Interruption(console);
    interruption.guard();
    System.exit(
        isReadable(args, System.getProperty("sun.jnu.encoding", "UTF-8"))
            ? CommandLines.run(console, interruption, args)
            : refuse(console));
  }

  /**
   * Whether Java could read the arguments: in a locale without UTF-8 it silently replaces what it
   * cannot.
   *
   * @param encoding in which Java reads arguments
   */
  static boolean isReadable(String[] args, String encoding) {
    return encoding.equalsIgnoreCase("UTF-8") || String.join("", args).indexOf('\uFFFD') < 0;
  }

  private static int refuse(Console console) {
    Failures.report(
        console,
        "An argument holds characters that this locale does not have. Set one with UTF-8, e.g."
            + " LC_ALL=C.UTF-8.");
    return ExitCode.USAGE;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
        false,
        StandardCharsets.UTF_8);
  }
}
