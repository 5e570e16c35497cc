package io.github.electra4j.convert.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class BundleGoldenTest {
  @TempDir Path folder;

  @Test
  void theIndexOfTensorFlowIsUnderstood() throws IOException {
    BundleIndex index = BundleIndex.read(GoldenBundle.prefix());
    assertEquals(241, index.tensors().size());
    assertEquals(1, index.shards());
    TensorEntry words = index.tensors().get("electra/embeddings/word_embeddings");
    assertEquals(TensorType.FLOAT, words.type());
    assertArrayEquals(new long[] {194, 16}, words.shape());
    assertEquals(194 * 16, words.length());
    assertEquals(194 * 16 * 4, words.size());
    assertFalse(words.partitioned());
    TensorEntry step = index.tensors().get("global_step");
    assertEquals(TensorType.INT64, step.type());
    assertEquals(0, step.shape().length);
  }

  @Test
  void writingWhatWasReadReproducesTensorFlowsFilesByteForByte() throws IOException {
    Path copy = folder.resolve("model.ckpt-0");
    GoldenBundle.copy(GoldenBundle.prefix(), copy);
    for (String extension : List.of(".index", ".data-00000-of-00001")) {
      assertArrayEquals(
          Files.readAllBytes(Path.of(GoldenBundle.prefix() + extension)),
          Files.readAllBytes(Path.of(copy + extension)),
          extension);
    }
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "no temporary file is left");
    }
  }

  @Test
  void tensorFlowWroteTheDataInTheOrderOfTheNames() throws IOException {
    long end = 0;
    for (TensorEntry entry : BundleIndex.read(GoldenBundle.prefix()).tensors().values()) {
      assertEquals(end, entry.parts().get(0).offset(), entry.name());
      end += entry.size();
    }
  }

  @Test
  void valuesAreTheBytesOfTheDataFile() throws IOException {
    try (BundleReader reader = BundleReader.open(GoldenBundle.prefix())) {
      reader.verify();
      INDArray step = reader.read("global_step");
      assertEquals(DataType.INT64, step.dataType());
      assertEquals(0, step.getLong(0));
      TensorEntry entry =
          reader.index().tensors().get("electra/encoder/layer_1/intermediate/dense/kernel");
      INDArray kernel = reader.read(entry.name());
      assertArrayEquals(new long[] {32, 64}, kernel.shape());
      var bytes =
          java.nio.ByteBuffer.wrap(
                  Files.readAllBytes(BundleIndex.dataFile(GoldenBundle.prefix(), 0, 1)))
              .order(java.nio.ByteOrder.LITTLE_ENDIAN);
      int at = (int) entry.parts().get(0).offset();
      assertEquals(bytes.getFloat(at + 4 * (5 * 64 + 7)), kernel.getFloat(5, 7));
    }
  }

  @Test
  void theStateFileIsReproducedByteForByte() throws IOException {
    Path golden = GoldenBundle.prefix().resolveSibling("checkpoint");
    CheckpointState state = CheckpointState.read(golden.getParent());
    assertEquals("model.ckpt-0", state.latest());
    assertEquals(GoldenBundle.prefix(), state.resolveLatest(golden.getParent(), null));
    state.write(folder);
    assertArrayEquals(Files.readAllBytes(golden), Files.readAllBytes(folder.resolve("checkpoint")));
    assertEquals(new ArrayList<>(List.of("model.ckpt-0")), state.all());
  }
}
