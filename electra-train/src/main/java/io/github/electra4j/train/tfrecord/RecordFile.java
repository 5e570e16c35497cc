package io.github.electra4j.train.tfrecord;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A file of records in TensorFlow's format, read by number. Opening it notes where every record
 * starts; records stay on the disk. Safe for several threads.
 */
public final class RecordFile implements Closeable {
  private static final int WINDOW = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long[] starts; // of each record, and behind the last one

  private RecordFile(Path file, FileChannel channel, long[] starts) {
    this.file = file;
    this.channel = channel;
    this.starts = starts;
  }

  /**
   * Opens a file and checks the lengths of its records; their bytes are checked when they are read.
   *
   * @throws MalformedFileException if the file ends within a record, or a length is damaged
   */
  public static RecordFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new RecordFile(file, channel, starts(file, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static long[] starts(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    long[] starts = new long[64];
    int count = 0;
    ByteBuffer window = littleEndian(WINDOW).limit(0);
    long windowStart = 0;
    for (long at = 0; at < size; ) {
      if (at + RecordLayout.HEADER > windowStart + window.limit()) {
        windowStart = at;
        fill(channel, window.clear().limit((int) Math.min(WINDOW, size - at)), at);
        window.flip();
        if (window.limit() < RecordLayout.HEADER) {
          throw RecordLayout.truncated(file, at, RecordLayout.HEADER, window.limit());
        }
      }
      int length =
          RecordLayout.length(
              file, at, window.position((int) (at - windowStart)), size - at - RecordLayout.HEADER);
      if (count + 2 > starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      starts[count++] = at;
      at += (long) RecordLayout.HEADER + length + RecordLayout.FOOTER;
    }
    starts[count] = size;
    return Arrays.copyOf(starts, count + 1);
  }

  /** Number of records. */
  public int size() {
    return starts.length - 1;
  }

  /**
   * A record.
   *
   * @param index 0 to {@code size() - 1}
   * @throws MalformedFileException if its checksum is wrong
   */
  public byte[] read(int index) throws IOException {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(
          "Record %d of %s, which has %d".formatted(index, file, size()));
    }
    long start = starts[index];
    ByteBuffer bytes = littleEndian((int) (starts[index + 1] - start));
    fill(channel, bytes, start);
    bytes.flip();
    if (bytes.limit() < bytes.capacity()) {
      throw RecordLayout.truncated(file, start, bytes.capacity(), bytes.limit());
    }
    int end = bytes.limit() - RecordLayout.FOOTER;
    byte[] record = new byte[end - RecordLayout.HEADER];
    bytes.get(RecordLayout.HEADER, record);
    RecordLayout.check(file, start, record, bytes.getInt(end));
    return record;
  }

  /**
   * Adds every record to a digest: its length and the checksum that stands behind it, so that the
   * records themselves need not be read.
   */
  public void addTo(MessageDigest digest) throws IOException {
    ByteBuffer entry = littleEndian(Long.BYTES + RecordLayout.FOOTER);
    for (int index = 0; index < size(); index++) {
      long end = starts[index + 1];
      entry.clear().putLong(end - starts[index]);
      fill(channel, entry, end - RecordLayout.FOOTER);
      digest.update(entry.flip());
    }
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void fill(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  /** The file. */
  public Path path() {
    return file;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
