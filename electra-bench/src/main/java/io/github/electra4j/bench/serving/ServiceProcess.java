package io.github.electra4j.bench.serving;

import io.github.electra4j.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code electra serve} as a process of its own. Its heap has one size, and every page of it is
 * touched at the start, so that memory that grows is memory that was not given back.
 */
final class ServiceProcess implements AutoCloseable {
  private final Process process;
  private final URI uri;

  private ServiceProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts it and waits until it takes requests.
   *
   * @param log where it may talk
   */
  static ServiceProcess start(Path model, Path log) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            model.toString(),
            "--port=0",
            "--timeout-ms=120000");
    Process started = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    String address = out.readLine();
    if (address == null) {
      throw new IOException("The service did not start: " + Files.readString(log));
    }
    return new ServiceProcess(started, URI.create(address));
  }

  URI uri() {
    return uri;
  }

  /** Resident memory in MB, as Linux counts it. */
  long residentMegabytes() throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    throw new IOException("/proc tells no VmRSS of process " + process.pid());
  }

  /** Ends it with SIGTERM; it must end as promised. */
  @Override
  public void close() {
    process.destroy();
    int code = process.onExit().join().exitValue();
    if (code != 143) {
      throw new IllegalStateException("The service ended with %d, not 143".formatted(code));
    }
  }
}
