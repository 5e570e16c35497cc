package io.github.electra4j.convert.pytorch;

import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.model.storage.TensorSupply;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a dictionary of tensors as {@code torch.save} does: a zip archive, nothing compressed,
 * numbers at multiples of 64 bytes. The same tensors give the same bytes.
 *
 * <pre>{@code
 * try (TorchWriter writer = new TorchWriter(stream)) {
 *   writer.add("a.weight", () -> array);
 *   writer.tie("b.weight", "a.weight");
 *   writer.finish();
 * }
 * }</pre>
 */
public final class TorchWriter implements Closeable {
  private static final String ROOT = "pytorch_model/";
  private static final String VERSION = "3\n";
  private static final int ALIGNMENT = 64;
  private static final int CHUNK = 1 << 16;

  private static final Map<DataType, String> CLASSES =
      Map.of(
          DataType.FLOAT, "FloatStorage",
          DataType.DOUBLE, "DoubleStorage",
          DataType.FLOAT16, "HalfStorage",
          DataType.BFLOAT16, "BFloat16Storage",
          DataType.INT64, "LongStorage",
          DataType.INT32, "IntStorage");

  /** A tensor in the table: the number of its storage, its type and shape. */
  private record Row(int storage, DataType type, long[] shape) {}

  private final ZipArchiveOutputStream zip;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<TensorSupply> storages = new ArrayList<>();

  /**
   * Starts a file.
   *
   * @param stream receives the bytes; closed with this writer
   */
  public TorchWriter(OutputStream stream) {
    this.zip = new ZipArchiveOutputStream(stream);
  }

  /**
   * Adds a tensor.
   *
   * @param name unique within the file
   * @param tensor used when its turn comes
   */
  public void add(String name, TensorSupply tensor) {
    DataType type = tensor.type();
    if (!CLASSES.containsKey(type)) {
      throw new IllegalArgumentException(
          "Tensor %s is of type %s, which is not written; cast it to FLOAT".formatted(name, type));
    }
    if (rows.putIfAbsent(name, new Row(storages.size(), type, tensor.shape())) != null) {
      throw new IllegalArgumentException("Tensor %s is added twice".formatted(name));
    }
    storages.add(tensor);
  }

  /** Adds a name for a tensor that was added before; both share its numbers. */
  public void tie(String name, String other) {
    Row row = rows.get(other);
    if (row == null) {
      throw new IllegalArgumentException(
          "Tensor %s is tied to %s, which was not added".formatted(name, other));
    }
    rows.put(name, row);
  }

  /** Writes everything. */
  public void finish() throws IOException {
    entry("data.pkl", pickle());
    entry("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < storages.size(); i++) {
      String name = "data/" + i;
      storages
          .get(i)
          .with(
              array -> {
                INDArray dense = TensorMemory.dense(array);
                entry(name, dense);
                if (dense != array) {
                  dense.close();
                }
              });
    }
    entry("version", VERSION.getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void entry(String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    open(name, content.length, crc.getValue());
    zip.write(content);
    zip.closeArchiveEntry();
  }

  private void entry(String name, INDArray array) throws IOException {
    try {
      ByteBuffer bytes = TensorMemory.bytes(array);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      bytes.rewind();
      open(name, bytes.remaining(), crc.getValue());
      byte[] chunk = new byte[CHUNK];
      while (bytes.hasRemaining()) {
        int count = Math.min(chunk.length, bytes.remaining());
        bytes.get(chunk, 0, count);
        zip.write(chunk, 0, count);
      }
      zip.closeArchiveEntry();
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  private void open(String name, long size, long crc) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(ROOT + name);
    entry.setMethod(ZipArchiveEntry.STORED);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc);
    entry.setTime(0);
    entry.setAlignment(ALIGNMENT);
    zip.putArchiveEntry(entry);
  }

  /** The dictionary, in protocol 2 and without a memo. */
  private byte[] pickle() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2, '}', '('});
    rows.forEach(
        (name, row) -> {
          text(out, name);
          global(out, "torch._utils", "_rebuild_tensor_v2");
          out.write('(');
          storage(out, row);
          number(out, 0);
          tuple(out, row.shape());
          tuple(out, strides(row.shape()));
          out.write(0x89); // requires_grad: False
          global(out, "collections", "OrderedDict");
          out.writeBytes(new byte[] {')', 'R', 't', 'R'});
        });
    out.writeBytes(new byte[] {'u', '.'});
    return out.toByteArray();
  }

  private static void storage(ByteArrayOutputStream out, Row row) {
    long elements = 1;
    for (long axis : row.shape()) {
      elements *= axis;
    }
    out.write('(');
    text(out, "storage");
    global(out, "torch", CLASSES.get(row.type()));
    text(out, Integer.toString(row.storage()));
    text(out, "cpu");
    number(out, elements);
    out.writeBytes(new byte[] {'t', 'Q'});
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  private static void tuple(ByteArrayOutputStream out, long[] numbers) {
    out.write('(');
    for (long number : numbers) {
      number(out, number);
    }
    out.write('t');
  }

  /** A number of up to four bytes as BININT, a longer one as LONG1. */
  private static void number(ByteArrayOutputStream out, long number) {
    if (number == (int) number) {
      out.write('J');
      little(out, number, Integer.BYTES);
    } else {
      out.writeBytes(new byte[] {(byte) 0x8a, Long.BYTES});
      little(out, number, Long.BYTES);
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    little(out, utf8.length, Integer.BYTES);
    out.writeBytes(utf8);
  }

  private static void global(ByteArrayOutputStream out, String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void little(ByteArrayOutputStream out, long number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (number >> (8 * i)));
    }
  }
}
