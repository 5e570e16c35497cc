package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a UTF-8 file, one at a time. Lines end at {@code \n} or {@code \r\n} and nowhere
 * else, so that the line and paragraph separators of Unicode stay part of a sentence. A byte order
 * mark at the beginning of the file is dropped.
 */
final class TsvLines implements Closeable {
  /** No line of a data set is longer; a file without line breaks is refused, not loaded. */
  private static final int LONGEST_BYTES = 1 << 20;

  private final Path file;
  private final int longest;
  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private byte[] line = new byte[1 << 10];
  private int number;

  TsvLines(Path file) throws IOException {
    this(file, LONGEST_BYTES);
  }

  /**
   * As {@link #TsvLines(Path)}, unpacking a file that gzip has packed.
   *
   * @param longest most bytes of a line
   */
  TsvLines(Path file, int longest) throws IOException {
    this.file = file;
    this.longest = longest;
    this.in = new BufferedInputStream(DataFile.open(file), 1 << 16);
  }

  /** The number of the line that {@link #next} returned last, from 1. */
  int number() {
    return number;
  }

  /**
   * The next line without its end, or null after the last.
   *
   * @throws MalformedFileException if the line is not UTF-8, or too long to be one
   */
  String next() throws IOException {
    int read = in.read();
    if (read < 0) {
      return null;
    }
    number++;
    int length = 0;
    while (read >= 0 && read != '\n') {
      if (length == line.length) {
        grow();
      }
      line[length++] = (byte) read;
      read = in.read();
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    int start = number == 1 && startsWithByteOrderMark(length) ? 3 : 0;
    return decoded(start, length);
  }

  /** The exception for a problem in the line that {@link #next} returned last. */
  MalformedFileException malformed(String problem) {
    return MalformedFileException.saying(file, "%s, line %d: %s".formatted(file, number, problem));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void grow() throws MalformedFileException {
    if (line.length >= longest) {
      throw malformed(
          "the line is longer than %d bytes. Pass a text file with one example per line."
              .formatted(longest));
    }
    line = Arrays.copyOf(line, 2 * line.length);
  }

  private boolean startsWithByteOrderMark(int length) {
    return length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  private String decoded(int start, int length) throws MalformedFileException {
    ByteBuffer bytes = ByteBuffer.wrap(line, start, length - start);
    try {
      return decoder.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw malformed(
          "byte %d of the line is not UTF-8. Save the file in the encoding UTF-8."
              .formatted(bytes.position()));
    }
  }
}
