package io.github.electra4j.tokenizer;

import java.util.Arrays;

/**
 * A word under construction: normalised code points, each with the place in the text that it came
 * from. A word longer than the limit keeps its extent only, because it becomes {@code [UNK]}
 * whatever it holds; that bounds the work per character.
 */
final class Word {
  private static final int INITIAL_CAPACITY = 32;

  private final int maxLength;
  private int[] codePoints = new int[INITIAL_CAPACITY];
  private int[] starts = new int[INITIAL_CAPACITY]; // UTF-16, into the text
  private int[] ends = new int[INITIAL_CAPACITY];
  private int length;
  private int barrier;
  private boolean reordered;
  private int start;
  private int end;

  /**
   * Creates an empty word.
   *
   * @param maxLength code points kept
   */
  Word(int maxLength) {
    this.maxLength = maxLength;
  }

  void clear() {
    length = 0;
    barrier = 0;
    reordered = false;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Whether the word has more code points than the limit. */
  boolean isTooLong() {
    return length > maxLength;
  }

  /** Code points, at most one more than the limit. */
  int length() {
    return length;
  }

  int codePoint(int index) {
    return codePoints[index];
  }

  /** UTF-16 offset where the word starts. */
  int start() {
    return start;
  }

  /** UTF-16 offset behind the word. */
  int end() {
    return end;
  }

  /** UTF-16 offset where code points {@code from} to {@code to}, exclusive, start. */
  int start(int from, int to) {
    int first = starts[from];
    for (int i = from + 1; reordered && i < to; i++) {
      first = Math.min(first, starts[i]);
    }
    return first;
  }

  /** UTF-16 offset behind code points {@code from} to {@code to}, exclusive. */
  int end(int from, int to) {
    int last = ends[to - 1];
    for (int i = from; reordered && i < to - 1; i++) {
      last = Math.max(last, ends[i]);
    }
    return last;
  }

  void append(int codePoint, int from, int to) {
    if (length == 0) {
      start = from;
    }
    end = to;
    if (length < maxLength) {
      if (length == codePoints.length) {
        grow();
      }
      codePoints[length] = codePoint;
      starts[length] = from;
      ends[length] = to;
      length++;
    } else {
      length = maxLength + 1;
    }
  }

  /** Keeps marks that are appended later from moving before those that are there. */
  void setBarrier() {
    barrier = length;
  }

  /** Appends a mark where canonical ordering puts it: behind the marks of its class and below. */
  void insert(int mark, CodePointRuns combining, int from, int to) {
    append(mark, from, to);
    if (isTooLong()) {
      return;
    }
    int combiningClass = combining.valueAt(mark);
    for (int i = length - 1; i > barrier; i--) {
      if (combining.valueAt(codePoints[i - 1]) <= combiningClass) {
        return;
      }
      swap(codePoints, i);
      swap(starts, i);
      swap(ends, i);
      reordered = true;
    }
  }

  private static void swap(int[] values, int i) {
    int value = values[i];
    values[i] = values[i - 1];
    values[i - 1] = value;
  }

  private void grow() {
    int capacity = Math.min(2 * codePoints.length, maxLength);
    codePoints = Arrays.copyOf(codePoints, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }

  @Override
  public String toString() {
    return new String(codePoints, 0, Math.min(length, maxLength));
  }
}
