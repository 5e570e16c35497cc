package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command line of the documentation is run, page by page, each page in a fresh copy of {@link
 * DocsWorld}; what is less than on the page, so that it takes no time, stands in {@link DocsWords}.
 * A block that cannot be run stands below {@code <!-- not run: REASON -->}.
 */
class DocsRunTest {
  private static final int MOST_NOT_RUN = 4;

  @TempDir private static Path world;
  private static HttpServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    DocsWorld.write(world);
    byte[] zip = Files.readAllBytes(world.resolve("electra_small.zip"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/electra-data/electra_small.zip",
        exchange -> {
          exchange.sendResponseHeaders(200, zip.length);
          exchange.getResponseBody().write(zip);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path page : DocsLine.pages()) {
      if (!DocsLine.of(page).isEmpty()) {
        pages.add(page);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLineOfAPageDoesWhatThePageSays(Path page) throws IOException {
    copyWorld();
    DocsWords words = new DocsWords(folder, "http://127.0.0.1:" + server.getAddress().getPort());
    Set<Path> written = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    for (DocsLine line : DocsLine.of(page)) {
      if (line.notRun().isPresent()) {
        continue;
      }
      for (Path output : words.outputs(line)) {
        if (written.add(output)) {
          DocsWorld.delete(output);
        }
      }
      Run run = run(words.of(line).toArray());
      if (run.code() != expected(line)) {
        wrong.add("%s\nexit code %d:\n%s%s".formatted(line, run.code(), run.out(), run.err()));
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  private static Run run(Object... words) {
    return words[0].equals("serve") ? Run.interruptedAt("Ctrl-C ends.", words) : Run.of(words);
  }

  /** No model is right about {@link DocsWorld}'s test set of own data more often than chance. */
  private static int expected(DocsLine line) {
    if (line.command().contains("--fail-under")) {
      return ExitCode.BELOW_THRESHOLD;
    }
    return line.command().startsWith("electra serve") ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  @Test
  void fewLinesAreNotRunAndNothingIsReplacedInVain() throws IOException {
    List<DocsLine> lines = new ArrayList<>();
    for (Path page : pages()) {
      lines.addAll(DocsLine.of(page));
    }
    List<DocsLine> notRun = lines.stream().filter(line -> line.notRun().isPresent()).toList();
    assertTrue(notRun.size() <= MOST_NOT_RUN, () -> "not run: " + notRun);
    assertTrue(lines.size() >= 100, () -> "lines: " + lines);
    assertEquals(List.of(), DocsWords.unused(lines));
  }

  private void copyWorld() throws IOException {
    try (Stream<Path> all = Files.walk(world)) {
      for (Path source : all.filter(path -> !path.equals(world)).sorted().toList()) {
        Files.copy(source, folder.resolve(world.relativize(source)));
      }
    }
  }
}
