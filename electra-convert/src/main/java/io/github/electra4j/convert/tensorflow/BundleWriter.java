package io.github.electra4j.convert.tensorflow;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a TensorFlow V2 checkpoint bundle of one data file, byte for byte as TensorFlow does.
 *
 * <p>Tensors go to the data file in the order in which they are added. TensorFlow's own {@code
 * Saver} adds them in ascending order of their names. Nothing is visible under the final names
 * until {@link #finish()} has renamed the complete data file, then the complete index; closing an
 * unfinished writer removes what it wrote.
 */
public final class BundleWriter implements Closeable {
  private static final int CHUNK = 1 << 20;

  private final Path prefix;
  private final Path dataTemporary;
  private final Path indexTemporary;
  private final FileChannel data;
  private final Map<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  private long offset;
  private boolean finished;

  private BundleWriter(Path prefix, Path dataTemporary, FileChannel data) {
    this.prefix = prefix;
    this.dataTemporary = dataTemporary;
    this.indexTemporary = temporary(BundleIndex.indexFile(prefix));
    this.data = data;
    entries.put(new byte[0], BundleMessages.headerBytes(1));
  }

  /**
   * Starts a bundle; its folder must exist.
   *
   * @param prefix path of the bundle without extension
   */
  public static BundleWriter create(Path prefix) throws IOException {
    Path dataTemporary = temporary(BundleIndex.dataFile(prefix, 0, 1));
    FileChannel data =
        FileChannel.open(
            dataTemporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new BundleWriter(prefix, dataTemporary, data);
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /**
   * Adds a tensor.
   *
   * @param name path of the variable; not empty, not yet added
   * @param array any shape, any numeric type
   */
  public void add(String name, INDArray array) throws IOException {
    TensorType type = TensorType.of(array.dataType());
    if (array.isEmpty()) {
      add(name, type, array.shape(), ByteBuffer.allocate(0));
      return;
    }
    INDArray rowMajor = isRowMajor(array) ? array : array.dup('c');
    long size = Math.multiplyExact(array.length(), (long) type.width());
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A tensor of %d bytes is too large; at most 2 GiB can be written".formatted(size));
    }
    try {
      ByteBuffer bytes = rowMajor.data().pointer().asByteBuffer();
      add(name, type, array.shape(), bytes.limit((int) size));
    } finally {
      Reference.reachabilityFence(rowMajor);
      if (rowMajor != array) {
        rowMajor.close();
      }
    }
  }

  /**
   * Adds a tensor from its bytes. Needs no backend of ND4J's.
   *
   * @param name path of the variable; not empty, not yet added
   * @param type element type, not {@code STRING}
   * @param shape length of every axis; empty for a scalar
   * @param bytes the elements, row-major and little-endian; exactly those of the shape remain
   */
  public void add(String name, TensorType type, long[] shape, ByteBuffer bytes) throws IOException {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    if (finished || key.length == 0 || key[0] == 0 || entries.containsKey(key)) {
      throw new IllegalArgumentException(
          "Tensor name \"%s\" is empty, reserved or already in the bundle %s"
              .formatted(name, prefix));
    }
    long size = bytes.remaining();
    long wanted = type.width();
    for (long axis : shape) {
      wanted = Math.multiplyExact(wanted, axis);
    }
    if (type == TensorType.STRING || size != wanted) {
      throw new IllegalArgumentException(
          "Tensor %s of type %s and shape %s has %d bytes, but %d were given"
              .formatted(name, type, Arrays.toString(shape), wanted, size));
    }
    int crc = append(bytes);
    TensorPart part = new TensorPart(new long[shape.length], shape, 0, offset, size, crc);
    entries.put(key, BundleMessages.entryBytes(type, shape, part));
    offset += size;
  }

  private int append(ByteBuffer bytes) throws IOException {
    CRC32C crc = new CRC32C();
    int end = bytes.limit();
    while (bytes.position() < end) {
      int from = bytes.position();
      bytes.limit(Math.min(end, from + CHUNK));
      crc.update(bytes);
      bytes.position(from);
      while (bytes.hasRemaining()) {
        data.write(bytes);
      }
      bytes.limit(end);
    }
    return MaskedCrc.mask(crc);
  }

  private static boolean isRowMajor(INDArray array) {
    return !array.isView()
        && array.ordering() == 'c'
        && array.offset() == 0
        && array.data().length() == array.length()
        && array.data().dataType() == array.dataType()
        && array.dataType() != DataType.UTF8;
  }

  /** Makes the bundle visible: data file first, then the index that refers to it. */
  public void finish() throws IOException {
    if (finished) {
      throw new IllegalStateException("The bundle %s is already finished".formatted(prefix));
    }
    data.force(true);
    data.close();
    TableWriter table = new TableWriter();
    entries.forEach(table::add);
    writeForced(indexTemporary, table.finish());
    replace(dataTemporary, BundleIndex.dataFile(prefix, 0, 1));
    replace(indexTemporary, BundleIndex.indexFile(prefix));
    finished = true;
  }

  /** Writes a whole file and waits until it is on the disk. */
  static void writeForced(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  static void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    data.close();
    Files.deleteIfExists(dataTemporary);
    Files.deleteIfExists(indexTemporary);
  }
}
