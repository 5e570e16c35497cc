package io.github.electra4j.convert.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.tensorflow.BundleMessages.Extent;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A variable of shape [4, 6] that was saved in slices, spread over two data files. */
class PartitionedVariableTest {
  private static final int ROWS = 4;
  private static final int COLUMNS = 6;

  @TempDir Path folder;
  private final Map<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  private final ByteSink[] data = {new ByteSink(), new ByteSink()};
  private final ByteSink slices = new ByteSink();

  /** Rows from {@code row}, columns from {@code column}; values are row-major positions. */
  private void slice(int row, int rows, int column, int columns, int shard) {
    Extent rowExtent = rows == ROWS ? new Extent(0, -1) : new Extent(row, rows);
    Extent columnExtent = columns == COLUMNS ? new Extent(0, -1) : new Extent(column, columns);
    Extent[] extents = {rowExtent, columnExtent};
    ByteBuffer bytes = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = row; r < row + rows; r++) {
      for (int c = column; c < column + columns; c++) {
        bytes.putFloat(r * COLUMNS + c);
      }
    }
    long[] shape = {rows, columns};
    TensorPart part =
        new TensorPart(
            new long[2],
            shape,
            shard,
            data[shard].size(),
            bytes.capacity(),
            MaskedCrc.of(bytes.array(), 0, bytes.capacity()));
    data[shard].raw(bytes.array());
    entries.put(
        SliceKey.of("table", extents), BundleMessages.entryBytes(TensorType.FLOAT, shape, part));
    ByteSink message = new ByteSink();
    for (Extent extent : extents) {
      ByteSink inner = new ByteSink();
      if (extent.start() != 0) {
        inner.octet(0x08).varint(extent.start());
      }
      if (extent.length() != -1) {
        inner.octet(0x10).varint(extent.length());
      }
      message.octet(0x0a).varint(inner.size()).raw(inner.toBytes());
    }
    slices.octet(0x3a).varint(message.size()).raw(message.toBytes());
  }

  private Path write() throws IOException {
    Path prefix = folder.resolve("sliced");
    entries.put(new byte[0], BundleMessages.headerBytes(2));
    TensorPart none = new TensorPart(new long[2], new long[2], 0, 0, 0, 0);
    byte[] whole = BundleMessages.entryBytes(TensorType.FLOAT, new long[] {ROWS, COLUMNS}, none);
    entries.put(
        "table".getBytes(StandardCharsets.UTF_8),
        new ByteSink().raw(whole).raw(slices.toBytes()).toBytes());
    TableWriter table = new TableWriter();
    entries.forEach(table::add);
    Files.write(BundleIndex.indexFile(prefix), table.finish());
    for (int shard = 0; shard < 2; shard++) {
      Files.write(BundleIndex.dataFile(prefix, shard, 2), data[shard].toBytes());
    }
    return prefix;
  }

  private void assertJoined() throws IOException {
    try (BundleReader reader = BundleReader.open(write())) {
      assertEquals(1, reader.index().tensors().size());
      float[] values = reader.read("table").data().asFloat();
      float[] expected = new float[ROWS * COLUMNS];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = i;
      }
      assertArrayEquals(expected, values);
    }
  }

  private void assertRefused(String why) throws IOException {
    Path prefix = write();
    MalformedFileException error =
        assertThrows(MalformedFileException.class, () -> BundleIndex.read(prefix));
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }

  @Test
  void rowsAreJoined() throws IOException {
    slice(0, 1, 0, COLUMNS, 0);
    slice(1, 3, 0, COLUMNS, 1);
    assertJoined();
  }

  @Test
  void columnsAreJoined() throws IOException {
    slice(0, ROWS, 0, 2, 0);
    slice(0, ROWS, 2, 1, 1);
    slice(0, ROWS, 3, 3, 0);
    assertJoined();
  }

  @Test
  void tilesAreJoined() throws IOException {
    slice(0, 2, 0, 4, 0);
    slice(0, 2, 4, 2, 1);
    slice(2, 2, 0, 1, 1);
    slice(2, 2, 1, 5, 0);
    assertJoined();
  }

  @Test
  void overlapIsRefusedEvenIfTheCountFits() throws IOException {
    slice(0, 2, 0, COLUMNS, 0);
    slice(1, 2, 0, COLUMNS, 1);
    assertRefused("overlap");
  }

  @Test
  void aGapIsRefused() throws IOException {
    slice(0, 2, 0, COLUMNS, 0);
    assertRefused("cover 12 of its 24");
  }

  @Test
  void aSliceBeyondTheShapeIsRefused() throws IOException {
    slice(2, 3, 0, COLUMNS, 0);
    assertRefused("starts at 2 with length 3");
  }

  @Test
  void aSliceWithoutRecordOrWithoutVariableIsRefused() throws IOException {
    slice(0, 2, 0, COLUMNS, 0);
    slice(2, 2, 0, COLUMNS, 1);
    Extent[] first = {new Extent(0, 2), new Extent(0, -1)};
    byte[] record = entries.remove(SliceKey.of("table", first));
    assertRefused("no record of its own");
    entries.put(SliceKey.of("table", first), record);
    Extent[] stray = {new Extent(0, 1), new Extent(0, -1)};
    entries.put(SliceKey.of("table", stray), record);
    assertRefused("belong to no variable");
  }

  @Test
  void sliceKeysSortLikeTheirNumbers() {
    Extent[] extents = {new Extent(0, -1), new Extent(5, 100)};
    assertEquals(
        "00" + "7700ff78" + "0001" + "0102" + "80" + "7f" + "85" + "c064",
        HexFormat.of().formatHex(SliceKey.of("w\0x", extents)));
    long[] ascending = {
      Long.MIN_VALUE,
      -(1L << 56),
      -65,
      -64,
      -1,
      0,
      63,
      64,
      8191,
      8192,
      1L << 40,
      1L << 56,
      1L << 62,
      Long.MAX_VALUE
    };
    byte[] previous = new byte[0];
    for (long value : ascending) {
      byte[] key = SliceKey.of("", new Extent[] {new Extent(value, 0)});
      assertTrue(Arrays.compareUnsigned(previous, key) < 0, "at " + value);
      previous = key;
    }
  }
}
