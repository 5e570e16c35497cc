package io.github.electra4j.tokenizer;

/** Who receives the words that {@link TextScanner} finds, in the order of the text. */
interface WordSink {
  /**
   * A word of at most {@link ShortWords#MAX_LENGTH} ASCII letters and digits, normalised.
   *
   * @param head its first characters as {@link ShortWords#id} takes them
   * @param tail its other characters
   * @param start UTF-16 offset into the text
   * @param end behind its last character
   * @return false when the sink wants it as a {@link Word} instead
   */
  boolean shortWord(long head, long tail, int start, int end);

  /**
   * A word of one code point: punctuation or an ideograph.
   *
   * @param codePoint normalised
   * @param start UTF-16 offset into the text
   * @param end behind its last character
   */
  void character(int codePoint, int start, int end);

  /** Any other word; the object is reused for the next one. */
  void word(Word word);

  /** Whether the sink wants no more words. */
  boolean full();
}
