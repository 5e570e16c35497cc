package io.github.electra4j.train.tfrecord;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the records of a file in TensorFlow's format from start to end, checking every byte. */
public final class RecordReader implements Closeable {
  private final Path file;
  private final InputStream in;
  private final long size;
  private long offset;

  private RecordReader(Path file, InputStream in, long size) {
    this.file = file;
    this.in = in;
    this.size = size;
  }

  /** Opens a file; an empty one holds no records. */
  public static RecordReader open(Path file) throws IOException {
    long size = Files.size(file);
    return new RecordReader(
        file, new BufferedInputStream(Files.newInputStream(file), 1 << 16), size);
  }

  /**
   * The next record, or null after the last one.
   *
   * @throws MalformedFileException if the file ends within a record or a checksum is wrong
   */
  public byte[] next() throws IOException {
    long start = offset;
    if (start >= size) {
      return null;
    }
    ByteBuffer header = read(start, RecordLayout.HEADER);
    int length = RecordLayout.length(file, start, header, size - offset);
    byte[] record = read(start, length).array();
    int stored = read(start, RecordLayout.FOOTER).getInt();
    RecordLayout.check(file, start, record, stored);
    return record;
  }

  private ByteBuffer read(long start, int count) throws IOException {
    long before = offset - start;
    byte[] bytes = in.readNBytes(count);
    offset += bytes.length;
    if (bytes.length < count) {
      throw RecordLayout.truncated(file, start, before + count, offset - start);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
