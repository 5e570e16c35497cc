package io.github.electra4j.tokenizer;

import java.io.IOException;

/**
 * A vocabulary file that could be read but is no vocabulary. The message says what is wrong, in
 * which line, and what to do.
 */
public final class MalformedVocabularyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;

  MalformedVocabularyException(String source, int line, String problem) {
    super("%s line %d: %s".formatted(source, line, problem));
    this.source = source;
    this.line = line;
  }

  /** The file, as it was given to the reader. */
  public String source() {
    return source;
  }

  /** The line at fault, counted from 1. */
  public int line() {
    return line;
  }
}
