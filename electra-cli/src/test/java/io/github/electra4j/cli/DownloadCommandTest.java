package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.electra4j.convert.download.DownloadCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadCommandTest {
  @TempDir Path folder;

  @Test
  void theListShowsNamesSizesAndAddresses() {
    List<String> lines = Run.of("download", "--list").exits(ExitCode.OK).lines();
    assertTrue(lines.get(0).matches("electra_small +about +92 MB  small, .*"), lines.get(0));
    assertEquals("    https://storage.googleapis.com/electra-data/electra_small.zip", lines.get(1));
    assertEquals(9, lines.stream().filter(line -> line.startsWith("electra")).count());
  }

  @Test
  void aModelIsFetchedOnceAndConverted() throws IOException {
    byte[] zip = Files.readAllBytes(DemoFiles.zip(folder));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/electra-data/electra_small.zip",
        exchange -> {
          exchange.sendResponseHeaders(200, zip.length);
          exchange.getResponseBody().write(zip);
          exchange.close();
        });
    server.start();
    String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
    Path cache = folder.resolve("cache");
    Path source = cache.resolve("electra_small").resolve("electra_small.zip");
    try {
      Run first = download("small", "--mirror", mirror, cache).exits(ExitCode.OK);
      assertEquals(List.of(source.toString()), first.lines());
    } finally {
      server.stop(0);
    }
    Run again = download("small", "--mirror", mirror, cache).exits(ExitCode.OK);
    assertEquals(List.of(source.toString()), again.lines());
    assertTrue(again.err().contains("Nothing to fetch"), again.err());
    Run.of("convert", source, folder.resolve("converted")).exits(ExitCode.OK);
    DownloadCache filled = new DownloadCache(cache);
    for (String name : List.of("electra_small", "electra_small.zip", "small")) {
      assertEquals(source, DownloadedModel.orPath(Path.of(name), filled), name);
    }
    Path own = Path.of("models/small");
    assertEquals(own, DownloadedModel.orPath(own, filled));
    WrongUsageException missing =
        assertThrows(
            WrongUsageException.class, () -> DownloadedModel.orPath(Path.of("base"), filled));
    assertTrue(missing.getMessage().contains("electra download base"), missing.getMessage());
  }

  private static Run download(String name, String option, Object value, Path cache) {
    return Run.of("download", name, option, value, "--cache", cache);
  }

  @Test
  void withoutInternetItIsSaidWhatToFetch() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
    server.start();
    Path cache = folder.resolve("cache");
    try {
      download("electra-base-generator", "--mirror", mirror, cache)
          .refuses(
              ExitCode.BAD_INPUT,
              "answered 404",
              "/google/electra-base-generator/resolve/main/pytorch_model.bin",
              "download electra-base-generator --from-file FOLDER");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anArchiveFetchedElsewhereIsTaken() throws IOException {
    Path zip = DemoFiles.zip(folder);
    Path cache = folder.resolve("cache");
    Run run = download("electra_small", "--from-file", zip, cache).exits(ExitCode.OK);
    assertTrue(Files.isRegularFile(Path.of(run.lines().get(0))));
    Path text = Files.writeString(folder.resolve("page.html"), "<html>not found</html>");
    download("electra_base", "--from-file", text, cache)
        .refuses(ExitCode.BAD_INPUT, "page.html", "no zip");
    assertFalse(Files.exists(cache.resolve("electra_base")));
  }

  @Test
  void wrongUsageIsExplained() {
    Run.of("download").refuses(ExitCode.USAGE, "--list");
    Run.of("download", "electra_smal").refuses(ExitCode.USAGE, "electra_small");
    Run.of("download", "small", "--mirror", "file:/etc").refuses(ExitCode.USAGE, "--mirror");
    Run.of("download", "small", "--sha256", "12").refuses(ExitCode.USAGE, "64");
    Run.of("download", "base-generator", "--sha256", "0".repeat(64))
        .refuses(ExitCode.USAGE, "archive only");
  }
}
