package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.testkit.Corruptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SafetensorsFileTest {
  @TempDir Path folder;

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("b", Nd4j.createFromArray(new int[] {7, -1}));
    tensors.put("a", Nd4j.createFromArray(new float[][] {{1f, 2f, 3f}}));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    SafetensorsFile.write(Channels.newChannel(written), tensors, Map.of("format", "x"));
    String header =
        "{\"__metadata__\":{\"format\":\"x\"},"
            + "\"b\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[8,20]}}";
    int padded = (header.length() + 7) / 8 * 8;
    ByteBuffer expected = ByteBuffer.allocate(8 + padded + 20).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded);
    expected.put(header.getBytes(StandardCharsets.UTF_8));
    while (expected.position() < 8 + padded) {
      expected.put((byte) ' ');
    }
    expected.putInt(7).putInt(-1).putFloat(1f).putFloat(2f).putFloat(3f);
    assertArrayEquals(expected.array(), written.toByteArray());
  }

  @Test
  void everyTypeSurvives() throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("flags", Nd4j.createFromArray(true, false, true));
    tensors.put("bytes", Nd4j.createFromArray((byte) -128, (byte) 127));
    tensors.put("unsigned", Nd4j.createFromArray(0, 255).castTo(DataType.UINT8));
    tensors.put("shorts", Nd4j.createFromArray((short) -5, Short.MAX_VALUE));
    tensors.put("ints", Nd4j.createFromArray(Integer.MIN_VALUE, 3));
    tensors.put("longs", Nd4j.createFromArray(Long.MIN_VALUE, 1L));
    tensors.put("floats", Nd4j.createFromArray(Float.MIN_VALUE, -0f, Float.POSITIVE_INFINITY));
    tensors.put("doubles", Nd4j.createFromArray(Math.PI, Double.MIN_VALUE));
    SafetensorsFile file = write(tensors);
    tensors.forEach(
        (name, array) -> {
          INDArray read = read(file, name);
          assertEquals(array.dataType(), read.dataType(), name);
          assertEquals(array, read, name);
        });
    assertEquals(tensors.keySet(), file.readAll().keySet());
  }

  @Test
  void everyTensorStartsAtAMultipleOfItsWidth() throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("flags", Nd4j.createFromArray(true, false, true));
    tensors.put("floats", Nd4j.createFromArray(1f));
    tensors.put("step", Nd4j.scalar(5L));
    SafetensorsFile file = write(tensors);
    assertEquals(List.of("step", "floats", "flags"), List.copyOf(file.entries().keySet()));
    file.entries()
        .values()
        .forEach(entry -> assertEquals(0, entry.begin() % entry.type().width(), entry.toString()));
  }

  @Test
  void scalarsAndEmptyTensorsKeepTheirShape() throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("step", Nd4j.scalar(DataType.INT64, 42));
    tensors.put("none", Nd4j.empty(DataType.FLOAT));
    tensors.put("rows", Nd4j.create(DataType.FLOAT, 0, 3));
    SafetensorsFile file = write(tensors);
    assertEquals(0, read(file, "step").rank());
    assertEquals(42, read(file, "step").getLong(0));
    assertArrayEquals(new long[] {0, 3}, read(file, "rows").shape());
    assertTrue(read(file, "rows").isEmpty());
    assertArrayEquals(new long[] {0}, read(file, "none").shape());
  }

  @Test
  void viewsAreWrittenInRowMajorOrder() throws IOException {
    INDArray matrix = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("transposed", matrix.transpose());
    tensors.put("column", matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 2)));
    tensors.put("row", matrix.get(NDArrayIndex.interval(1, 2), NDArrayIndex.all()));
    tensors.put("fortran", matrix.dup('f'));
    SafetensorsFile file = write(tensors);
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, floats(file, "transposed"));
    assertArrayEquals(new float[] {2, 5}, floats(file, "column"));
    assertArrayEquals(new float[] {4, 5, 6}, floats(file, "row"));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, floats(file, "fortran"));
  }

  @Test
  void namesAndMetadataMayBeAnyText() throws IOException {
    String name = "läyer \"0\"/κ\n\u0001\uD83D\uDE00";
    SafetensorsFile.write(
        folder.resolve("t"), Map.of(name, Nd4j.scalar(1f)), Map.of(name, name), false);
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("t"));
    assertEquals(Map.of(name, name), file.metadata());
    assertEquals(name + " F32 []", file.entries().get(name).toString());
  }

  @Test
  void aFileMayHoldNothing() throws IOException {
    SafetensorsFile file = write(Map.of());
    assertEquals(Map.of(), file.readAll());
    assertEquals(16, Files.size(file.file()));
  }

  @Test
  void halvesAreWidenedExactly() throws IOException {
    short[] patterns = new short[1 << 16];
    for (int i = 0; i < patterns.length; i++) {
      patterns[i] = (short) i;
    }
    INDArray bits = Nd4j.createFromArray(patterns);
    Path file = folder.resolve("halves");
    SafetensorsFile.write(file, Map.of("h", bits), Map.of(), false);
    relabel(file, "I16", "F16");
    float[] half = floats(SafetensorsFile.open(file), "h");
    relabel(file, "F16", "BF16");
    float[] brain = floats(SafetensorsFile.open(file), "h");
    for (int i = 0; i < patterns.length; i++) {
      assertSameFloat(halfToFloat(i), half[i], "F16", i);
      assertSameFloat(Float.intBitsToFloat(i << 16), brain[i], "BF16", i);
    }
  }

  @Test
  void aChecksumOnRecordIsCompared() throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("nine", Nd4j.createFromArray("123456789".getBytes(StandardCharsets.US_ASCII)));
    tensors.put("turned", Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}).transpose());
    tensors.put("none", Nd4j.create(DataType.FLOAT, 0, 3));
    Map<String, String> checksums = checksums(tensors);
    assertEquals("e3069283", checksums.get("crc32c/nine")); // the check value of CRC-32C
    Path file = folder.resolve("t");
    SafetensorsFile.write(file, tensors, checksums, false);
    assertEquals(tensors.keySet(), SafetensorsFile.open(file).readAll().keySet());
    Corruptions.flipBit(file, (int) Files.size(file) - 1, 0);
    SafetensorsFile damaged = SafetensorsFile.open(file);
    damaged.read("turned");
    MalformedFileException e =
        assertThrows(MalformedFileException.class, () -> damaged.read("nine"));
    assertEquals(Files.size(file) - 9, e.offset().orElseThrow());
    assertTrue(e.getMessage().contains("e3069283 is on record"), e.getMessage());
  }

  @Test
  void anUnknownNameIsTheCallersMistake() throws IOException {
    SafetensorsFile file = write(Map.of("a", Nd4j.scalar(1f)));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> file.read("b"));
    assertTrue(e.getMessage().contains("[a]"), e.getMessage());
  }

  @Test
  void aFileThatShrinksAfterOpeningIsNoticed() throws IOException {
    SafetensorsFile file = write(Map.of("a", Nd4j.zeros(DataType.FLOAT, 16)));
    byte[] bytes = Files.readAllBytes(file.file());
    Files.write(file.file(), java.util.Arrays.copyOf(bytes, bytes.length - 4));
    MalformedFileException e = assertThrows(MalformedFileException.class, () -> file.read("a"));
    assertTrue(e.getMessage().contains("when it was opened"), e.getMessage());
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeAnythingIsCreated() throws IOException {
    Path target = folder.resolve("t");
    INDArray unsigned = Nd4j.scalar(1f).castTo(DataType.UINT32);
    IllegalArgumentException type =
        assertThrows(
            IllegalArgumentException.class,
            () -> SafetensorsFile.write(target, Map.of("a", unsigned), Map.of(), false));
    assertTrue(type.getMessage().contains("a is of type UINT32"), type.getMessage());
    Map<String, INDArray> reserved = Map.of("__metadata__", Nd4j.scalar(1f));
    assertThrows(
        IllegalArgumentException.class,
        () -> SafetensorsFile.write(target, reserved, Map.of(), false));
    assertEquals(1, FolderImage.of(folder).size());
  }

  @Test
  void anExistingFileIsReplacedOnlyOnRequest() throws IOException {
    SafetensorsFile file = write(Map.of("a", Nd4j.scalar(1f)));
    Map<String, INDArray> other = Map.of("b", Nd4j.scalar(2f));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> SafetensorsFile.write(file.file(), other, Map.of(), false));
    SafetensorsFile.write(file.file(), other, Map.of(), true);
    assertEquals(other.keySet(), SafetensorsFile.open(file.file()).entries().keySet());
  }

  private SafetensorsFile write(Map<String, INDArray> tensors) throws IOException {
    Path file = folder.resolve("tensors.safetensors");
    SafetensorsFile.write(file, tensors, Map.of(), false);
    return SafetensorsFile.open(file);
  }

  private static INDArray read(SafetensorsFile file, String name) {
    try {
      return file.read(name);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static float[] floats(SafetensorsFile file, String name) {
    return read(file, name).reshape(-1).toFloatVector();
  }

  /** Replaces a type's name in the header, keeping its length by eating or adding a space. */
  private static void relabel(Path file, String from, String to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int headerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    String header = new String(bytes, 8, headerLength, StandardCharsets.ISO_8859_1);
    String changed = header.replace('"' + from + '"', '"' + to + '"').stripTrailing();
    String padded = changed + " ".repeat(headerLength - changed.length());
    System.arraycopy(padded.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 8, headerLength);
    Files.write(file, bytes);
  }

  private static void assertSameFloat(float expected, float actual, String type, int bits) {
    boolean same =
        Float.isNaN(expected)
            ? Float.isNaN(actual)
            : Float.floatToRawIntBits(expected) == Float.floatToRawIntBits(actual);
    assertTrue(same, () -> "%s 0x%04x: %s, expected %s".formatted(type, bits, actual, expected));
  }

  private static float halfToFloat(int bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb(fraction, -24);
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1 + fraction / 1024.0, exponent - 15);
        };
    return (float) ((bits & 0x8000) == 0 ? magnitude : -magnitude);
  }

  private static Map<String, String> checksums(Map<String, INDArray> tensors) throws IOException {
    Map<String, TensorSupply> supplies = new LinkedHashMap<>();
    tensors.forEach((name, array) -> supplies.put(name, TensorSupply.of(array)));
    return SafetensorsFile.checksums(supplies);
  }
}
