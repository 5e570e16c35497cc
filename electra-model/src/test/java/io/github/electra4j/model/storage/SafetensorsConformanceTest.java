package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every safetensors file among the golden data. */
@Tag("conformance")
class SafetensorsConformanceTest {
  @Test
  void everyForeignFileIsReadToTheLastBit() throws IOException {
    try (Stream<Path> walk = Files.walk(SharedFolders.golden(""))) {
      List<Path> files =
          walk.filter(path -> path.toString().endsWith(".safetensors")).sorted().toList();
      assertFalse(files.isEmpty());
      for (Path file : files) {
        SafetensorsOracle.assertReadsAlike(file);
      }
    }
  }
}
