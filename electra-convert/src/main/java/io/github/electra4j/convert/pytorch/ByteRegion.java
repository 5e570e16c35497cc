package io.github.electra4j.convert.pytorch;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A stretch of a file, read from front to back through a small buffer. */
final class ByteRegion {
  private static final int BUFFER = 1 << 16;

  private final String file;
  private final FileChannel channel;
  private final long end;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  /** Byte of the file that follows the buffer's last. */
  private long next;

  ByteRegion(String file, FileChannel channel, long start, long end) {
    this.file = file;
    this.channel = channel;
    this.next = start;
    this.end = end;
  }

  /** Byte of the file that is read next. */
  long position() {
    return next - buffer.remaining();
  }

  /** Bytes that are left. */
  long remaining() {
    return end - position();
  }

  int u8() throws IOException {
    require(1);
    return buffer.get() & 0xff;
  }

  int u16() throws IOException {
    require(2);
    return buffer.getShort() & 0xffff;
  }

  int i32() throws IOException {
    require(4);
    return buffer.getInt();
  }

  long i64() throws IOException {
    require(8);
    return buffer.getLong();
  }

  /** Exactly {@code length} bytes; the caller has bounded the number. */
  byte[] bytes(int length) throws IOException {
    if (length > remaining()) {
      throw wrong("%d bytes are announced, but only %d follow".formatted(length, remaining()));
    }
    byte[] out = new byte[length];
    int done = 0;
    while (done < length) {
      require(1);
      int count = Math.min(buffer.remaining(), length - done);
      buffer.get(out, done, count);
      done += count;
    }
    return out;
  }

  /** UTF-8 text of {@code length} bytes. */
  String text(int length) throws IOException {
    byte[] raw = bytes(length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      throw MalformedFileException.at(file, position() - length, "a text here is not UTF-8", e);
    }
  }

  /** ASCII text up to the next line feed, which is dropped. */
  String line(int longest) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int letter = u8(); letter != '\n'; letter = u8()) {
      if (text.length() == longest || letter < ' ' || letter > '~') {
        throw wrong("a name of printable letters, at most %d, belongs here".formatted(longest));
      }
      text.append((char) letter);
    }
    return text.toString();
  }

  /** Jumps over bytes, which must be there. */
  void skip(long count) throws IOException {
    if (count > remaining()) {
      throw wrong("%d bytes are announced, but only %d follow".formatted(count, remaining()));
    }
    if (count <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) count);
    } else {
      next = position() + count;
      buffer.limit(0).position(0);
    }
  }

  MalformedFileException wrong(String problem) {
    return MalformedFileException.at(
        file, position(), problem + ". The file is damaged or no weight file; get it again.");
  }

  private void require(int count) throws IOException {
    if (count > remaining()) {
      throw wrong("the data ends in the middle of a value");
    }
    if (buffer.remaining() >= count) {
      return;
    }
    buffer.compact();
    long room = end - next;
    if (buffer.remaining() > room) {
      buffer.limit(buffer.position() + (int) room);
    }
    while (buffer.position() < count) {
      int read = channel.read(buffer, next);
      if (read < 0) {
        buffer.flip();
        throw wrong("the file ended while it was read");
      }
      next += read;
    }
    buffer.flip();
  }
}
