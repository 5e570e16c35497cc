package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("conformance")
class TensorLayoutConformanceTest {
  static List<Path> runs() {
    return SharedFolders.goldenCases("pretraining", "trace.json");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theLayoutIsWhatTheOriginalCreated(Path run) throws IOException {
    LayoutCase expected =
        LayoutCase.parse(run.toString(), Files.readAllBytes(run.resolve("trace.json")));
    assertEquals(
        expected.variables(),
        TensorLayout.of(expected.config()).stream().map(TensorSpec::toString).toList());
  }
}
