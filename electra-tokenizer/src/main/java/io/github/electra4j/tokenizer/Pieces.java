package io.github.electra4j.tokenizer;

import java.util.Arrays;

/** The pieces of one text, growing: ids and, when wanted, where each piece came from. */
final class Pieces {
  private final int limit;
  private final boolean located;
  private int[] ids;
  private int[] starts = {}; // UTF-16, into the text
  private int[] ends = {};
  private int[] words = {};
  private int count;
  private int word;

  private Pieces(int capacity, int limit, boolean located) {
    this.limit = limit;
    this.located = located;
    ids = new int[capacity];
    if (located) {
      starts = new int[capacity];
      ends = new int[capacity];
      words = new int[capacity];
    }
  }

  /** Room for the ids of a text of this many UTF-16 units. */
  static Pieces idsOnly(int textLength) {
    return new Pieces(capacity(textLength), Integer.MAX_VALUE, false);
  }

  /**
   * Room for ids and places.
   *
   * @param textLength UTF-16 units of the text
   * @param limit pieces behind which no further word is wanted
   */
  static Pieces located(int textLength, int limit) {
    return new Pieces(16 + Math.min(capacity(textLength), limit), limit, true);
  }

  private static int capacity(int textLength) {
    return 16 + textLength / 4;
  }

  void add(int id, int start, int end) {
    if (count == ids.length) {
      grow();
    }
    ids[count] = id;
    if (located) {
      starts[count] = start;
      ends[count] = end;
      words[count] = word;
    }
    count++;
  }

  /** Ends the word whose pieces were added. */
  void endWord() {
    word++;
  }

  /** Takes back the pieces behind the first {@code length}. */
  void truncate(int length) {
    count = length;
  }

  boolean full() {
    return count >= limit;
  }

  int count() {
    return count;
  }

  int id(int index) {
    return ids[index];
  }

  int[] ids() {
    return Arrays.copyOf(ids, count);
  }

  /** Copies the pieces {@code from} to {@code to}, exclusive, into arrays, from {@code at} on. */
  void copy(int from, int to, PieceArrays target, int at) {
    System.arraycopy(ids, from, target.ids(), at, to - from);
    System.arraycopy(starts, from, target.starts(), at, to - from);
    System.arraycopy(ends, from, target.ends(), at, to - from);
    System.arraycopy(words, from, target.words(), at, to - from);
  }

  private void grow() {
    int capacity = 2 * count;
    ids = Arrays.copyOf(ids, capacity);
    if (located) {
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      words = Arrays.copyOf(words, capacity);
    }
  }
}
