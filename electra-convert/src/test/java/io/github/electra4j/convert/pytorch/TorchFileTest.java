package io.github.electra4j.convert.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.TensorSupply;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors as PyTorch's files hold them: views, types, shared storages. */
class TorchFileTest {
  private static final int[] ONE = {1};

  @TempDir Path folder;

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private TorchFile open(PickleBuilder pickle, byte[] storage) throws IOException {
    return TorchFile.open(
        PickleBuilder.zip(folder.resolve("m.bin"), pickle.stop(), Map.of("0", storage)));
  }

  @Test
  void viewsAreReadInRowMajorOrder() throws IOException {
    PickleBuilder pickle =
        PickleBuilder.start()
            .op('}')
            .op('(')
            .text("rows")
            .tensor("0", 6, 0, new int[] {2, 3}, new int[] {3, 1})
            .text("transposed")
            .tensor("0", 6, 0, new int[] {3, 2}, new int[] {1, 3})
            .text("part")
            .tensor("0", 6, 1, new int[] {2}, new int[] {3})
            .text("scalar")
            .tensor("0", 6, 5, new int[] {}, new int[] {})
            .text("nothing")
            .tensor("0", 6, 0, new int[] {0, 3}, new int[] {3, 1})
            .op('u');
    try (TorchFile file = open(pickle, floats(1, 2, 3, 4, 5, 6))) {
      assertEquals(
          List.of("rows", "transposed", "part", "scalar", "nothing"),
          List.copyOf(file.tensors().keySet()));
      assertArrayEquals(new float[][] {{1, 2, 3}, {4, 5, 6}}, file.read("rows").toFloatMatrix());
      assertArrayEquals(
          new float[][] {{1, 4}, {2, 5}, {3, 6}}, file.read("transposed").toFloatMatrix());
      assertArrayEquals(new float[] {2, 5}, file.read("part").toFloatVector());
      assertEquals(6, file.read("scalar").getFloat());
      assertTrue(file.read("nothing").isEmpty());
      assertThrows(IllegalArgumentException.class, () -> file.read("none"));
    }
  }

  @Test
  void parametersOrderedDictionariesAndTheirAttributesAreUnderstood() throws IOException {
    PickleBuilder pickle =
        PickleBuilder.start()
            .global("collections", "OrderedDict")
            .op(')')
            .op('R')
            .op('(')
            .text("p")
            .global("torch._utils", "_rebuild_parameter")
            .op('(')
            .tensor("0", 1, 0, ONE, ONE)
            .raw(0x88)
            .op('N')
            .op('t')
            .op('R')
            .op('u')
            .op('}')
            .text("_metadata")
            .op('N')
            .op('s')
            .op('b');
    try (TorchFile file = open(pickle, floats(8))) {
      assertEquals(8, file.read("p").getFloat(0));
    }
  }

  @Test
  void protocolFourIsUnderstood() throws IOException {
    PickleBuilder pickle =
        new PickleBuilder()
            .raw(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0)
            .op('}')
            .raw(0x94)
            .raw(0x8c, 1, 'p')
            .raw(0x94)
            .text("torch._utils")
            .text("_rebuild_tensor_v2")
            .raw(0x93)
            .op('(')
            .storage("FloatStorage", "0", 1)
            .op('K')
            .raw(0)
            .op('M')
            .raw(1, 0)
            .raw(0x85)
            .raw(0x8a, 1, 1)
            .raw(0x85)
            .raw(0x89)
            .op('N')
            .op('t')
            .op('R')
            .op('s');
    try (TorchFile file = open(pickle, floats(9))) {
      assertEquals(9, file.read("p").getFloat(0));
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("w.bin");
    INDArray matrix = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
    INDArray half = Nd4j.createFromArray(1.5f, -2f).castTo(DataType.FLOAT16);
    INDArray upper = Nd4j.createFromArray(1.5f, -2f).castTo(DataType.BFLOAT16);
    try (TorchWriter writer = new TorchWriter(Files.newOutputStream(file))) {
      writer.add("m", TensorSupply.of(matrix.transpose()));
      writer.add("h", TensorSupply.of(half));
      writer.add("b", TensorSupply.of(upper));
      writer.tie("n", "m");
      assertThrows(IllegalArgumentException.class, () -> writer.tie("x", "y"));
      assertThrows(IllegalArgumentException.class, () -> writer.add("m", TensorSupply.of(half)));
      assertThrows(
          IllegalArgumentException.class,
          () -> writer.add("q", TensorSupply.reading(DataType.UTF8, new long[] {1}, () -> half)));
      writer.finish();
    }
    try (TorchFile read = TorchFile.open(file)) {
      assertEquals(matrix.transpose().dup('c'), read.read("m"));
      assertEquals(read.read("m"), read.read("n"));
      assertEquals(DataType.FLOAT16, read.read("h").dataType());
      assertEquals(1.5f, read.read("h").castTo(DataType.FLOAT).getFloat(0));
      assertEquals(-2f, read.read("b").castTo(DataType.FLOAT).getFloat(1));
      assertEquals("m FLOAT [3, 2]", read.tensors().get("m").toString());
    }
  }

  @Test
  void numbersStartAtMultiplesOf64Bytes() throws IOException {
    Path file = folder.resolve("w.bin");
    try (TorchWriter writer = new TorchWriter(Files.newOutputStream(file))) {
      writer.add(
          "a",
          TensorSupply.reading(DataType.FLOAT, new long[] {1}, () -> Nd4j.createFromArray(3.25f)));
      writer.finish();
    }
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean found = false;
    for (int at = 0; at + 4 <= bytes.length; at += 64) {
      found |= little.getFloat(at) == 3.25f;
    }
    assertTrue(found);
  }

  @Test
  void aFlippedBitOfANumberIsNoticed() throws IOException {
    PickleBuilder pickle =
        PickleBuilder.start().op('}').text("a").tensor("0", 2, 0, new int[] {2}, ONE).op('s');
    byte[] numbers = floats(1234.5f, 1);
    Path path = folder.resolve("m.bin");
    PickleBuilder.zip(path, pickle.stop(), Map.of("0", numbers));
    byte[] bytes = Files.readAllBytes(path);
    int at = 0;
    while (!java.util.Arrays.equals(bytes, at, at + 8, numbers, 0, 8)) {
      at++;
    }
    Corruptions.flipBit(path, at, 3);
    try (TorchFile file = TorchFile.open(path)) {
      MalformedFileException error =
          assertThrows(MalformedFileException.class, () -> file.read("a"));
      assertEquals(at, error.offset().orElseThrow());
    }
  }

  @Test
  void filesOfOtherKindsAreRefused() throws IOException {
    for (String content :
        List.of("", "P", "PK", "PK\003\004 and no more", "{\"a\": 1}", "\u0080\u0002.")) {
      Path file = folder.resolve("other.bin");
      Files.write(file, content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      MalformedFileException error =
          assertThrows(MalformedFileException.class, () -> TorchFile.open(file).close(), content);
      assertTrue(error.getMessage().startsWith(file.toString()), error::getMessage);
    }
  }
}
