package io.github.electra4j.convert.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BundleRoundTripTest {
  @TempDir Path folder;

  @Test
  void everyNumericTypeSurvives() throws IOException {
    Path prefix = folder.resolve("types");
    INDArray numbers = Nd4j.createFromArray(new float[][] {{0, 1, 2}, {3, 4, 100}});
    try (BundleWriter writer = BundleWriter.create(prefix)) {
      for (TensorType type : TensorType.values()) {
        if (type.dataType().isPresent()) {
          writer.add(type.name(), numbers.castTo(type.dataType().get()));
        }
      }
      writer.finish();
    }
    try (BundleReader reader = BundleReader.open(prefix)) {
      assertEquals(13, reader.index().tensors().size());
      for (TensorEntry entry : reader.index().tensors().values()) {
        INDArray read = reader.read(entry.name());
        DataType type = DataType.valueOf(read.dataType().name());
        assertEquals(numbers.castTo(type), read, entry.name());
        assertEquals(entry.type().width() * 6L, entry.size());
      }
    }
  }

  @Test
  void viewsAreWrittenAsTheyLook() throws IOException {
    Path prefix = folder.resolve("views");
    INDArray square = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
    try (BundleWriter writer = BundleWriter.create(prefix)) {
      writer.add("column", square.getColumn(1));
      writer.add("empty", Nd4j.create(DataType.FLOAT, 0, 3));
      writer.add("scalar", Nd4j.scalar(2.5f));
      writer.add("transposed", square.transpose());
      writer.finish();
    }
    try (BundleReader reader = BundleReader.open(prefix)) {
      assertArrayEquals(new float[] {2, 5, 8}, reader.read("column").toFloatVector());
      assertArrayEquals(new float[] {1, 4, 7}, reader.read("transposed").getRow(0).toFloatVector());
      assertArrayEquals(new long[] {0, 3}, reader.read("empty").shape());
      assertEquals(2.5f, reader.read("scalar").getFloat(0));
      assertThrows(IllegalArgumentException.class, () -> reader.read("other"));
    }
  }

  @Test
  void anUnfinishedBundleLeavesNothing() throws IOException {
    try (BundleWriter writer = BundleWriter.create(folder.resolve("b"))) {
      writer.add("x", Nd4j.scalar(1f));
      assertThrows(IllegalArgumentException.class, () -> writer.add("x", Nd4j.scalar(1f)));
      assertThrows(IllegalArgumentException.class, () -> writer.add("", Nd4j.scalar(1f)));
    }
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aBundleIsFinishedOnce() throws IOException {
    try (BundleWriter writer = BundleWriter.create(folder.resolve("b"))) {
      writer.finish();
      assertThrows(IllegalStateException.class, writer::finish);
    }
    assertTrue(BundleIndex.read(folder.resolve("b")).tensors().isEmpty());
  }

  @Test
  void stringsAreListedButNotRead() throws IOException {
    Path prefix = folder.resolve("strings");
    TableWriter table = new TableWriter();
    table.add(new byte[0], BundleMessages.headerBytes(1));
    table.add(new byte[] {'s'}, HexFormat.of().parseHex("0807120028" + "07"));
    Files.write(BundleIndex.indexFile(prefix), table.finish());
    Files.write(BundleIndex.dataFile(prefix, 0, 1), new byte[7]);
    try (BundleReader reader = BundleReader.open(prefix)) {
      assertEquals(TensorType.STRING, reader.index().tensors().get("s").type());
      reader.verify();
      MalformedFileException error =
          assertThrows(MalformedFileException.class, () -> reader.read("s"));
      assertTrue(error.getMessage().contains("holds strings"), error.getMessage());
    }
  }

  @Test
  void separatorsAreShortAndBetween() {
    assertArrayEquals(
        "c".getBytes(StandardCharsets.UTF_8),
        TableWriter.separator(
            "banana".getBytes(StandardCharsets.UTF_8), "dog".getBytes(StandardCharsets.UTF_8)));
    assertArrayEquals(
        "bat".getBytes(StandardCharsets.UTF_8),
        TableWriter.separator(
            "bat".getBytes(StandardCharsets.UTF_8), "batman".getBytes(StandardCharsets.UTF_8)));
    assertArrayEquals(
        "ba".getBytes(StandardCharsets.UTF_8),
        TableWriter.separator(
            "ba".getBytes(StandardCharsets.UTF_8), "bb".getBytes(StandardCharsets.UTF_8)));
    assertArrayEquals(
        new byte[] {(byte) 0xff, 2}, TableWriter.successor(new byte[] {(byte) 0xff, 1, 9}));
    assertArrayEquals(new byte[] {-1}, TableWriter.successor(new byte[] {-1}));
    TableWriter table = new TableWriter();
    table.add(new byte[] {2}, new byte[0]);
    assertThrows(IllegalArgumentException.class, () -> table.add(new byte[] {1}, new byte[0]));
  }

  @Test
  void aStateFileMayBeAbsoluteAndEscaped() throws IOException {
    String name = "modèle \"a\"\\b\n'1'";
    CheckpointState state = new CheckpointState("/far/" + name, List.of("x", name));
    state.write(folder);
    assertEquals(state, CheckpointState.read(folder));
    Files.writeString(
        folder.resolve("checkpoint"),
        "last_preserved_timestamp: 1.5\n\nmodel_checkpoint_path: 'a\\tb\\r\\n'\n");
    assertEquals("a\tb\r\n", CheckpointState.read(folder).latest());
    for (String bad :
        List.of(
            "",
            "model_checkpoint_path: x\n",
            "model_checkpoint_path: \"\"\n",
            "model_checkpoint_path: \"a\\\"\n",
            "model_checkpoint_path\n")) {
      Files.writeString(folder.resolve("checkpoint"), bad);
      assertThrows(MalformedFileException.class, () -> CheckpointState.read(folder), bad);
    }
    Files.write(folder.resolve("checkpoint"), new byte[2 << 20]);
    assertThrows(MalformedFileException.class, () -> CheckpointState.read(folder));
    assertFalse(state.latest().isEmpty());
  }
}
