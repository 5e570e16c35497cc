package io.github.electra4j.tokenizer;

/** How a sequence that exceeds {@link EncodeOptions#maxLength()} is cut. */
public enum Truncation {
  /**
   * Drops the last piece of the longer text, of the second one when both are equally long, until
   * the pair fits: what the original does. A single text loses its end.
   */
  LONGEST_FIRST,
  /** Only the first text loses its end. */
  ONLY_FIRST,
  /** Only the second text loses its end; a single text loses its own. */
  ONLY_SECOND,
  /** Nothing is cut; the encoding may be longer than {@link EncodeOptions#maxLength()}. */
  DO_NOT_TRUNCATE
}
