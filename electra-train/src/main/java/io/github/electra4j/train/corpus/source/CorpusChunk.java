package io.github.electra4j.train.corpus.source;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Whole lines of one file of a corpus.
 *
 * @param source what errors call the file; a file in an archive has the archive's name in front
 * @param firstLine number of the first line, counted from 1
 * @param utf8 the lines; not copied
 * @param endsFile whether these are the last ones of the file
 */
public record CorpusChunk(String source, long firstLine, byte[] utf8, boolean endsFile) {
  /** What is done with bytes that are not UTF-8. */
  public enum InvalidUtf8 {
    /** They are an error. */
    REFUSE,
    /** They are left out, as the original does with byte strings. */
    DROP
  }

  /**
   * The lines as text.
   *
   * @throws MalformedFileException if a line is not UTF-8 and that is to be refused
   */
  public String text(InvalidUtf8 invalid) throws MalformedFileException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(
                invalid == InvalidUtf8.REFUSE
                    ? CodingErrorAction.REPORT
                    : CodingErrorAction.IGNORE);
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    CharBuffer chars = CharBuffer.allocate(utf8.length); // no byte makes more than one char
    CoderResult result = decoder.decode(bytes, chars, true);
    if (result.isError()) {
      throw MalformedFileException.in(
          source,
          "line %d is not UTF-8. Save the text as UTF-8, or have such bytes dropped."
              .formatted(firstLine + lineFeeds(bytes.position())));
    }
    return chars.flip().toString();
  }

  /** Number of line feeds in the chunk. */
  public long lineFeeds() {
    return lineFeeds(utf8.length);
  }

  private long lineFeeds(int end) {
    long count = 0;
    for (int i = 0; i < end; i++) {
      count += utf8[i] == '\n' ? 1 : 0;
    }
    return count;
  }
}
