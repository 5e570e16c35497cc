package io.github.electra4j.train.corpus;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.corpus.source.CorpusChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * A chunk of a corpus as tokens.
 *
 * @param lines ids of each line; null for a blank one
 * @param tokens number of all ids
 * @param unknown how many of them are {@code [UNK]}
 * @param endsFile whether a file ends behind the last line
 */
record TokenizedLines(List<int[]> lines, long tokens, long unknown, boolean endsFile) {
  static TokenizedLines of(
      CorpusChunk chunk, ElectraTokenizer tokenizer, CorpusChunk.InvalidUtf8 invalid)
      throws MalformedFileException {
    String text = chunk.text(invalid);
    List<int[]> lines = new ArrayList<>();
    long tokens = 0;
    long unknown = 0;
    int unknownId = tokenizer.unkId();
    for (int start = 0; start < text.length(); ) {
      int lineFeed = text.indexOf('\n', start);
      int end = lineFeed < 0 ? text.length() : lineFeed;
      int[] ids = isBlank(text, start, end) ? null : tokenizer.ids(text.substring(start, end));
      lines.add(ids);
      if (ids != null) {
        tokens += ids.length;
        for (int id : ids) {
          unknown += id == unknownId ? 1 : 0;
        }
      }
      start = end + 1;
    }
    return new TokenizedLines(lines, tokens, unknown, chunk.endsFile());
  }

  private static boolean isBlank(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isSpace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** White space as Python's {@code str.strip} sees it, by which the original finds empty lines. */
  private static boolean isSpace(char c) {
    if (c < 0x80) {
      return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
    }
    return c == 0x85 || Character.isSpaceChar(c);
  }
}
