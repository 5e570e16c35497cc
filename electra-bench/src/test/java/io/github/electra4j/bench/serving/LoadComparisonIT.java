package io.github.electra4j.bench.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load in short: nothing is lost, doubled or wrong, and what is too much is refused. */
class LoadComparisonIT {
  @Test
  void underLoadNothingIsLostAndTooMuchIsRefused(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new LoadComparison(new LoadOptions(true, 3, List.of(8), 32), out).run(folder);
    String said = bytes.toString(StandardCharsets.UTF_8);
    List<String> callers = said.lines().filter(line -> line.contains(" callers  ")).toList();
    assertEquals(2, callers.size(), said);
    assertTrue(said.contains("good: [400, 422, 413, 200]"), said);
  }
}
