package io.github.electra4j.tokenizer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
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
    return PythonSpace.strip(piece).equals(piece)
        && piece.indexOf('\n') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(piece);
  }

  String[] pieces() throws MalformedVocabularyException {
    if (bytes.length == 0) {
      throw new MalformedVocabularyException(
          source, 1, "the file is empty; a vocabulary has one piece per line.", null);
    }
    String[] pieces = new String[1 + bytes.length / 4];
    int count = 0;
    for (int start = 0; start < bytes.length; ) {
      int end = start;
      boolean ascii = true;
      while (end < bytes.length && bytes[end] != '\n') {
        ascii &= bytes[end++] >= 0;
      }
      if (count == pieces.length) {
        pieces = Arrays.copyOf(pieces, 2 * count);
      }
      pieces[count++] = PythonSpace.strip(decode(start, end, ascii, count));
      start = end + 1; // a final line needs no line feed
    }
    return Arrays.copyOf(pieces, count);
  }

  private String decode(int start, int end, boolean ascii, int line)
      throws MalformedVocabularyException {
    if (ascii) {
      return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedVocabularyException(
          source, line, "the line is not UTF-8; save the vocabulary as UTF-8.", e);
    }
  }
}
