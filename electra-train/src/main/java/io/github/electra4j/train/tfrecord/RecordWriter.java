package io.github.electra4j.train.tfrecord;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes records to a file in TensorFlow's format. Not for several threads at once. */
public final class RecordWriter implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param channel where to write, closed by {@link #close}
   */
  public RecordWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** Appends a record. */
  public void write(byte[] record) throws IOException {
    reserve(RecordLayout.HEADER);
    int start = buffer.position();
    buffer.putLong(record.length);
    buffer.putInt(MaskedCrc.of(buffer.array(), start, Long.BYTES));
    for (int from = 0; from < record.length; ) {
      reserve(1);
      int count = Math.min(buffer.remaining(), record.length - from);
      buffer.put(record, from, count);
      from += count;
    }
    reserve(RecordLayout.FOOTER);
    buffer.putInt(MaskedCrc.of(record, 0, record.length));
  }

  /** Hands everything written to the channel. */
  public void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private void reserve(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }
}
