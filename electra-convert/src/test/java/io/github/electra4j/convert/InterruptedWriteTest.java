package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.convert.onnx.OnnxExport;
import io.github.electra4j.convert.onnx.OnnxOptions;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whichever change of the disk fails while a checkpoint is written, there is afterwards either what
 * was there before, to the last byte, or the whole new one, and nothing else.
 */
class InterruptedWriteTest {
  @TempDir Path folder;
  private Checkpoint checkpoint;
  private Checkpoint older;

  /** Something that writes into a folder. */
  @FunctionalInterface
  private interface Writing {
    void into(Path target, Checkpoint written) throws IOException;
  }

  @BeforeEach
  void read() throws IOException {
    checkpoint = Conversion.from(HuggingFaceTiny.folder()).read().checkpoint();
    older = checkpoint.withWeights(shifted(checkpoint.weights()));
  }

  private static WeightMap shifted(WeightMap weights) {
    Map<String, INDArray> arrays = new TreeMap<>();
    weights.arrays().forEach((name, array) -> arrays.put(name, array.add(1)));
    return weights.with(arrays);
  }

  @Test
  void aNativeCheckpoint() throws IOException {
    assertWhole((target, written) -> written.write(target, true));
  }

  @Test
  void aTensorFlowCheckpoint() throws IOException {
    ExportOptions options = ExportOptions.standard().withOverwrite(true).withZeroSlots(true);
    assertWhole((target, written) -> TensorFlowExport.write(written, target, options));
  }

  @Test
  void foldersOfHuggingFace() throws IOException {
    ExportOptions options =
        ExportOptions.standard()
            .withOverwrite(true)
            .withWeightFiles(Set.of(WeightFile.SAFETENSORS, WeightFile.PYTORCH));
    assertWhole((target, written) -> HuggingFaceExport.write(written, target, options));
  }

  @Test
  void aModelForOnnx() throws IOException {
    OnnxOptions options =
        new OnnxOptions(
            Optional.of(OnnxExport.REPLACED_TOKENS), Precision.FLOAT32, Optional.empty(), true);
    assertWhole((target, written) -> OnnxExport.write(written, target, options));
  }

  private void assertWhole(Writing writing) throws IOException {
    Map<String, Integer> before = written(writing, older, "before");
    Map<String, Integer> after = written(writing, checkpoint, "after");
    assertTrue(!before.equals(after), "the two checkpoints do not differ");
    int first = failures(writing, Map.of(), after, false);
    int replacing = failures(writing, before, after, true);
    assertTrue(first > 10 && replacing > first, first + " and " + replacing + " changes");
  }

  private Map<String, Integer> written(Writing writing, Checkpoint what, String name)
      throws IOException {
    Path parent = Files.createDirectory(folder.resolve(name));
    writing.into(parent.resolve("model"), what);
    return image(parent);
  }

  /**
   * Lets every change fail in turn.
   *
   * @return how many changes there are
   */
  private int failures(
      Writing writing, Map<String, Integer> before, Map<String, Integer> after, boolean replacing)
      throws IOException {
    for (int failAt = 0; ; failAt++) {
      Path parent = Files.createDirectory(folder.resolve(replacing + "-" + failAt));
      Path target = parent.resolve("model");
      if (replacing) {
        copy(folder.resolve("before").resolve("model"), target);
      }
      FailingFileSystem disk = FailingFileSystem.at(failAt);
      boolean failed = false;
      try {
        writing.into(disk.wrap(target), checkpoint);
      } catch (FailingFileSystem.DiskFull e) {
        failed = true;
      }
      Map<String, Integer> found = image(parent);
      if (!failed) {
        assertEquals(after, found, "after change " + failAt);
        assertTrue(!disk.hasFailed(), () -> "a failure was passed over");
        return failAt;
      }
      assertTrue(
          found.equals(before) || found.equals(after),
          "change %d left %s".formatted(failAt, found.keySet()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** The files below a folder with their content. */
  private static Map<String, Integer> image(Path folder) throws IOException {
    Map<String, Integer> image = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> !path.equals(folder)).toList()) {
        image.put(
            folder.relativize(file).toString(),
            Files.isDirectory(file) ? 0 : Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return image;
  }
}
