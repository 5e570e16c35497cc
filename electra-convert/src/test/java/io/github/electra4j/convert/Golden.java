package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checkpoint that TensorFlow wrote, and what tests do with it. */
final class Golden {
  static final String BUNDLE = "model.ckpt-0";

  private Golden() {}

  /** A folder with bundle, state file and vocabulary; not to be changed. */
  static Path folder() {
    try {
      return Path.of(Golden.class.getResource("/golden/pretraining-electra").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The options that know what its tensors do not tell: two heads, no dropout matters. */
  static ImportOptions options() {
    return ImportOptions.standard().withHints(ArchitectureHints.none().withAttentionHeads(2));
  }

  /** The model with optimizer and vocabulary. */
  static Checkpoint checkpoint() throws IOException {
    return TensorFlowImport.read(folder(), options().withOptimizer(true)).checkpoint();
  }

  /** A copy of the folder, to be changed. */
  static Path copyTo(Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }

  /** The names of everything in a folder, sorted. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Fails unless both folders hold a file of that name with the same bytes. */
  static void assertSameFile(String name, Path expected, Path actual) throws IOException {
    assertEquals(-1, Files.mismatch(expected.resolve(name), actual.resolve(name)), name);
  }

  /** Fails unless all numbers are equal to the last bit. */
  static void assertSame(Checkpoint expected, Checkpoint actual) {
    assertEquals(expected.config(), actual.config());
    assertEquals(expected.heads(), actual.heads());
    assertEquals(expected.text(), actual.text());
    assertSame(expected.weights(), actual.weights());
    assertEquals(
        expected.optimizer().map(OptimizerState::globalStep),
        actual.optimizer().map(OptimizerState::globalStep));
    assertSame(
        expected.optimizer().map(OptimizerState::slots).orElse(Map.of()),
        actual.optimizer().map(OptimizerState::slots).orElse(Map.of()));
  }

  private static void assertSame(WeightMap expected, WeightMap actual) {
    assertEquals(expected.layout(), actual.layout());
    assertSame(expected.arrays(), actual.arrays());
  }

  private static void assertSame(Map<String, INDArray> expected, Map<String, INDArray> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, array) -> assertEquals(array, actual.get(name), name));
  }
}
