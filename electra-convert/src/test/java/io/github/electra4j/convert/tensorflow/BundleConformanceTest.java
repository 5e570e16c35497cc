package io.github.electra4j.convert.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.testkit.SharedFolders;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("conformance")
class BundleConformanceTest {
  @TempDir Path folder;

  static List<Path> bundles() throws IOException {
    List<Path> folders = new ArrayList<>(SharedFolders.goldenCases("pretraining", "checkpoint"));
    folders.addAll(SharedFolders.goldenCases("finetuning", "checkpoint"));
    folders.add(SharedFolders.data("checkpoints/keras-bert-test_checkpoint"));
    List<Path> bundles = new ArrayList<>();
    for (Path each : folders) {
      try (Stream<Path> files = Files.list(each)) {
        files
            .map(Path::toString)
            .filter(name -> name.endsWith(".index"))
            .map(name -> Path.of(name.substring(0, name.length() - ".index".length())))
            .forEach(bundles::add);
      }
    }
    return bundles;
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void everyBundleIsReproducedByteForByte(Path bundle) throws IOException {
    Path copy = folder.resolve("copy");
    GoldenBundle.copy(bundle, copy);
    assertEquals(-1, Files.mismatch(BundleIndex.indexFile(bundle), BundleIndex.indexFile(copy)));
    assertEquals(
        -1, Files.mismatch(BundleIndex.dataFile(bundle, 0, 1), BundleIndex.dataFile(copy, 0, 1)));
  }

  @Test
  void everyStateFileIsReproducedByteForByte() throws IOException {
    for (Path each : SharedFolders.goldenCases("pretraining", "checkpoint")) {
      CheckpointState.read(each).write(folder);
      assertArrayEquals(
          Files.readAllBytes(each.resolve("checkpoint")),
          Files.readAllBytes(folder.resolve("checkpoint")));
    }
  }

  @Test
  void anIndexWithoutItsDataIsListedButNotOpened() throws IOException {
    Path prefix = SharedFolders.data("checkpoints/bert_wwm-index-only").resolve("bert_model.ckpt");
    BundleIndex index = BundleIndex.read(prefix);
    assertArrayEquals(
        new long[] {21128, 768}, index.tensors().get("bert/embeddings/word_embeddings").shape());
    FileNotFoundException error =
        assertThrows(FileNotFoundException.class, () -> BundleReader.open(prefix));
    assertTrue(error.getMessage().startsWith("Data shard missing"), error.getMessage());
    assertTrue(error.getMessage().contains("data-00000-of-00001"), error.getMessage());
  }
}
