package io.github.electra4j.cli;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Lines of UTF-8 text that end with a line feed, with or without a carriage return before it. Each
 * is decoded by itself, so that one that is not UTF-8 can be named.
 */
final class Utf8Lines {
  private final InputStream in;
  private final String source;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] block = new byte[1 << 16];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long number;

  /**
   * @param in read in large blocks; the caller closes it
   * @param source what errors call it
   */
  Utf8Lines(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /**
   * The next line without its end, or null after the last. A text that ends with a line feed has no
   * empty line after it.
   *
   * @throws MalformedFileException when the line is not UTF-8
   */
  String next() throws IOException {
    begun.reset();
    boolean any = false;
    while (fill()) {
      any = true;
      int end = position;
      while (end < limit && block[end] != '\n') {
        end++;
      }
      begun.write(block, position, end - position);
      position = end + 1;
      if (end < limit) {
        return decoded();
      }
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

  private String decoded() throws MalformedFileException {
    number++;
    byte[] bytes = begun.toByteArray();
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    try {
      return decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(
          source, "line %d is not UTF-8. Save the text as UTF-8.".formatted(number), e);
    }
  }
}
