package io.github.electra4j.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a vocabulary file, split at line feeds only and stripped as Python strips. */
final class VocabularyLines {
  private final byte[] bytes;
  private final String source;

  VocabularyLines(byte[] bytes, String source) {
    this.bytes = bytes;
    this.source = source;
  }

  /** Whether a piece comes back as it is when it is written as a line. */
  static boolean isLine(String piece) {
    return PythonSpace.strip(piece, 0, piece.length()).equals(piece)
        && piece.indexOf('\n') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(piece);
  }

  String[] pieces() throws MalformedVocabularyException {
    if (bytes.length == 0) {
      throw new MalformedVocabularyException(
          source, 1, "the file is empty; a vocabulary has one piece per line.");
    }
    String text = decode();
    String[] pieces = new String[1 + bytes.length / 4];
    int count = 0;
    for (int start = 0; start < text.length(); ) {
      int lineFeed = text.indexOf('\n', start);
      int end = lineFeed < 0 ? text.length() : lineFeed; // the last line needs no line feed
      if (count == pieces.length) {
        pieces = Arrays.copyOf(pieces, 2 * count);
      }
      pieces[count++] = PythonSpace.strip(text, start, end);
      start = end + 1;
    }
    return Arrays.copyOf(pieces, count);
  }

  private String decode() throws MalformedVocabularyException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new MalformedVocabularyException(
          source, line, "the line is not UTF-8; save the vocabulary as UTF-8.");
    }
    return out.flip().toString();
  }
}
