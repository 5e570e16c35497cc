package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file of main code is one idea, and short enough to be read in one go. */
class SourceSizeTest {
  private static final int MOST_LINES = 400;

  @Test
  void noFileOfMainCodeIsTooLong() throws IOException {
    Map<String, Integer> lengths = lengths();
    assertTrue(lengths.size() > 100, () -> "files found: " + lengths.size());
    lengths.values().removeIf(lines -> lines <= MOST_LINES);
    assertEquals(Map.of(), lengths, "split these");
  }

  private static Map<String, Integer> lengths() throws IOException {
    Map<String, Integer> lengths = new TreeMap<>();
    Path project = Path.of("..").toRealPath();
    try (Stream<Path> modules = Files.list(project)) {
      for (Path module : modules.toList()) {
        Path main = module.resolve("src/main/java");
        if (module.getFileName().toString().startsWith("electra-") && Files.isDirectory(main)) {
          for (Path file : sources(main)) {
            lengths.put(project.relativize(file).toString(), Files.readAllLines(file).size());
          }
        }
      }
    }
    return lengths;
  }

  private static List<Path> sources(Path main) throws IOException {
    try (Stream<Path> files = Files.walk(main)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
