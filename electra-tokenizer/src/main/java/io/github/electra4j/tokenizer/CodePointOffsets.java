package io.github.electra4j.tokenizer;

import java.util.Arrays;

/**
 * Turns UTF-16 offsets into code point offsets by remembering where in the text the surrogate pairs
 * are; most texts have none. A lone surrogate counts as one code point.
 */
final class CodePointOffsets {
  private int[] pairs = {}; // ascending UTF-16 offsets of their first units
  private int count;

  void addPair(int offset) {
    if (count == pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(16, 2 * count));
    }
    pairs[count++] = offset;
  }

  /** Code points before a UTF-16 offset, which is not inside of a pair. */
  int of(int utf16Offset) {
    if (count == 0) {
      return utf16Offset;
    }
    int found = Arrays.binarySearch(pairs, 0, count, utf16Offset);
    return utf16Offset - (found >= 0 ? found : -found - 1);
  }

  /** Replaces the UTF-16 offsets at {@code from} to {@code to}, exclusive, by code points. */
  void translate(int[] utf16Offsets, int from, int to) {
    if (count > 0) {
      for (int i = from; i < to; i++) {
        utf16Offsets[i] = of(utf16Offsets[i]);
      }
    }
  }
}
