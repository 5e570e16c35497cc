package io.github.electra4j.train.report;

import io.github.electra4j.train.tfrecord.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;

/**
 * A file of TensorBoard with numbers that change over the steps (tensorflow/core/util/event.proto).
 * Every start of a run makes a file of its own in the same folder, as TensorBoard expects it.
 */
public final class EventFile implements AutoCloseable {
  private static final int WALL_TIME = 1; // Event.wall_time
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final byte[] SESSION_START = {0x08, 0x01}; // SessionLog.status = START
  private static final int VALUE = 1; // Summary.value
  private static final int TAG = 1; // Summary.Value.tag
  private static final int SIMPLE_VALUE = 2;
  private static final int VARINT = 0; // wire types of protocol buffers
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final RecordWriter writer;
  private final Clock clock;

  private EventFile(RecordWriter writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Makes a new file in {@code folder}, which is created if it is not there.
   *
   * @param first steps that the run has behind it; TensorBoard drops what earlier files say about
   *     later ones, which a run that was killed has left
   */
  public static EventFile create(Path folder, Clock clock, long first) throws IOException {
    Files.createDirectories(folder);
    String base = "events.out.tfevents.%010d.electra".formatted(clock.millis() / 1000);
    for (int attempt = 0; ; attempt++) {
      try {
        Path file = folder.resolve(attempt == 0 ? base : base + "." + attempt);
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        EventFile events = new EventFile(new RecordWriter(channel), clock);
        events.write(0, FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        events.write(first + 1, SESSION_LOG, SESSION_START);
        return events;
      } catch (FileAlreadyExistsException taken) {
        if (attempt == Integer.MAX_VALUE) {
          throw taken;
        }
      }
    }
  }

  /** Adds numbers by their tags, e.g. {@code train/loss}. */
  public void add(long step, Map<String, Double> values) throws IOException {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    values.forEach(
        (tag, number) -> {
          ByteArrayOutputStream value = new ByteArrayOutputStream();
          bytes(value, TAG, tag.getBytes(StandardCharsets.UTF_8));
          key(value, SIMPLE_VALUE, FIXED32);
          value.writeBytes(littleEndian(Float.BYTES).putFloat(number.floatValue()).array());
          bytes(summary, VALUE, value.toByteArray());
        });
    write(step, SUMMARY, summary.toByteArray());
  }

  private void write(long step, int field, byte[] content) throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    key(event, WALL_TIME, FIXED64);
    event.writeBytes(littleEndian(Double.BYTES).putDouble(clock.millis() / 1e3).array());
    key(event, STEP, VARINT);
    varint(event, step);
    bytes(event, field, content);
    writer.write(event.toByteArray());
    writer.flush();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] content) {
    key(out, field, LENGTH_DELIMITED);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void key(ByteArrayOutputStream out, int field, int wireType) {
    varint(out, ((long) field << 3) | wireType);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
