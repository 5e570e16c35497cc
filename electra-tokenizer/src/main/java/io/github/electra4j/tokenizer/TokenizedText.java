package io.github.electra4j.tokenizer;

/**
 * A text taken apart, before it is cut and joined.
 *
 * @param pieces its pieces with their places
 * @param offsets translation of the places into code points
 */
record TokenizedText(Pieces pieces, CodePointOffsets offsets) {
  /** A text without pieces, in place of a second text that is not there. */
  static final TokenizedText EMPTY =
      new TokenizedText(Pieces.located(0, 0), new CodePointOffsets());

  int count() {
    return pieces.count();
  }
}
