package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
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
 * Lines of UTF-8 text, one at a time. Lines end at {@code \n} or {@code \r\n} and nowhere else, so
 * that the line and paragraph separators of Unicode stay part of a sentence. A byte order mark at
 * the beginning is dropped. Each line is decoded by itself, so that one that is not UTF-8 can be
 * named.
 */
public final class Utf8Lines implements Closeable {
  /** No line of a data set is longer; a file without line breaks is refused, not loaded. */
  private static final int LONGEST_BYTES = 1 << 20;

  /** A whole book in a line is no mistake where texts are plain. */
  private static final int LONGEST_TEXT_BYTES = 1 << 28;

  private final InputStream in;
  private final String source;
  private final int longest;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final byte[] block = new byte[1 << 16];
  private byte[] line = new byte[1 << 10];
  private int position;
  private int limit;
  private int length;
  private int number;

  private Utf8Lines(InputStream in, String source, int longest) {
    this.in = in;
    this.source = source;
    this.longest = longest;
  }

  /**
   * The lines of a data file, unpacked if gzip has packed it.
   *
   * @throws java.io.FileNotFoundException if it is not there
   */
  static Utf8Lines open(Path file) throws IOException {
    return open(file, LONGEST_BYTES);
  }

  /**
   * As {@link #open(Path)}.
   *
   * @param longest most bytes of a line
   */
  static Utf8Lines open(Path file, int longest) throws IOException {
    return new Utf8Lines(DataFile.open(file), file.toString(), longest);
  }

  /**
   * The lines of plain text.
   *
   * @param in read in large blocks
   * @param source what errors call it
   */
  public static Utf8Lines of(InputStream in, String source) {
    return new Utf8Lines(in, source, LONGEST_TEXT_BYTES);
  }

  /** The number of the line that {@link #next} returned last, from 1. */
  int number() {
    return number;
  }

  /**
   * The next line without its end, or null after the last. A text that ends with a line feed has no
   * empty line after it.
   *
   * @throws MalformedFileException if the line is not UTF-8, or too long to be one
   */
  public String next() throws IOException {
    length = 0;
    boolean any = false;
    boolean ended = false;
    while (!ended && fill()) {
      if (!any) {
        any = true;
        number++;
      }
      int end = position;
      while (end < limit && block[end] != '\n') {
        end++;
      }
      append(end - position);
      ended = end < limit;
      position = end + 1;
    }
    return any ? decoded() : null;
  }

  private boolean fill() throws IOException {
    if (position < limit) {
      return true;
    }
    position = 0;
    limit = Math.max(0, in.read(block));
    return limit > 0;
  }

  private void append(int count) throws MalformedFileException {
    if (count > longest - length) {
      throw malformed(
          "the line is longer than %d bytes. Pass a text file with one example per line."
              .formatted(longest));
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(longest, 2L * (length + count)));
    }
    System.arraycopy(block, position, line, length, count);
    length += count;
  }

  private String decoded() throws MalformedFileException {
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    int start = number == 1 && startsWithByteOrderMark() ? 3 : 0;
    ByteBuffer bytes = ByteBuffer.wrap(line, start, length - start);
    try {
      return decoder.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw malformed(
          "byte %d of the line is not UTF-8. Save the file in the encoding UTF-8."
              .formatted(bytes.position()));
    }
  }

  private boolean startsWithByteOrderMark() {
    return length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  /** The exception for a problem in the line that {@link #next} returned last. */
  MalformedFileException malformed(String problem) {
    return MalformedFileException.saying(
        source, "%s, line %d: %s".formatted(source, number, problem));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
