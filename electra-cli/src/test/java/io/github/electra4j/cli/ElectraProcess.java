package io.github.electra4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as users start it: a process of its own, from the jar. */
final class ElectraProcess {
  private static final Path JAR = Path.of("target/electra-cli.jar").toAbsolutePath();

  /** Far more than any of these processes needs: a hanging one must not hang the build. */
  private static final long PATIENCE_MINUTES = 10;

  private final Path out;
  private final Path err;
  private final Process process;

  private ElectraProcess(Path out, Path err, Process process) {
    this.out = out;
    this.err = err;
    this.process = process;
  }

  /**
   * How a process is started.
   *
   * @param input standard input
   * @param columns width of the terminal that standard error is taken for; 0 for none
   * @param environment variables to set
   */
  record Surroundings(byte[] input, int columns, Map<String, String> environment) {
    static Surroundings usual() {
      return new Surroundings(new byte[0], 0, Map.of());
    }

    Surroundings withInput(byte[] bytes) {
      return new Surroundings(bytes, columns, environment);
    }

    Surroundings withTerminal(int width) {
      return new Surroundings(input, width, environment);
    }

    Surroundings with(String variable, String value) {
      return new Surroundings(input, columns, Map.of(variable, value));
    }
  }

  /** Starts a command; its output goes to files in {@code folder}. */
  static ElectraProcess start(Path folder, Surroundings around, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    if (interruptsAreIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    if (Runtime.version().feature() >= 23) { // as the launcher does
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (around.columns() > 0) {
      command.add("-Delectra.columns=" + around.columns());
    }
    command.addAll(List.of("-jar", JAR.toString()));
    Arrays.stream(args).map(Object::toString).forEach(command::add);
    Path in = Files.write(Files.createTempFile(folder, "in", ""), around.input());
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // Java would announce them
    builder.environment().remove("NO_COLOR");
    builder.environment().putAll(around.environment());
    return new ElectraProcess(out, err, builder.start());
  }

  /** Starts a command and waits for its end. */
  static Run run(Path folder, Surroundings around, Object... args)
      throws IOException, InterruptedException {
    return start(folder, around, args).end();
  }

  /**
   * Whether this process, and so its children, ignores Ctrl-C, as those started in the background
   * of a script do.
   */
  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }

  /** Waits until standard error contains a text. */
  ElectraProcess awaitTalk(String text) throws IOException, InterruptedException {
    while (!Files.readString(err).contains(text)) {
      if (!process.isAlive()) {
        throw new AssertionError("no \"" + text + "\" before the end in: " + Files.readString(err));
      }
      Thread.sleep(20);
    }
    return this;
  }

  /** Presses Ctrl-C. */
  ElectraProcess interrupt() throws IOException, InterruptedException {
    return signal("-INT");
  }

  /** Asks the process to end, as service managers do. */
  ElectraProcess terminate() throws IOException, InterruptedException {
    return signal("-TERM");
  }

  private ElectraProcess signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    return this;
  }

  /** What it has written to standard output so far. */
  String out() throws IOException {
    return Files.readString(out);
  }

  /** Whether it has not ended yet. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process as nothing can be killed more thoroughly; its exit code, 137 if it lived. */
  int kill() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor();
  }

  /** What the process did. */
  Run end() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the process hangs; it said: " + Files.readString(err));
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
