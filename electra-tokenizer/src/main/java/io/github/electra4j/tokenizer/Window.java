package io.github.electra4j.tokenizer;

/**
 * The pieces of a text, or of two, that one encoding holds. Ends are exclusive.
 *
 * @param firstStart first piece of the first text
 * @param firstEnd behind its last piece
 * @param secondStart first piece of the second text
 * @param secondEnd behind its last piece; equal to the start when there is no second text
 */
record Window(int firstStart, int firstEnd, int secondStart, int secondEnd) {
  int first() {
    return firstEnd - firstStart;
  }

  int second() {
    return secondEnd - secondStart;
  }
}
