package io.github.electra4j.tokenizer;

import java.util.Arrays;

/** Code points that become one or several others; all the rest stay what they are. */
final class CodePointMappings {
  private final int[] sources; // ascending
  private final int[][] targets; // per source

  CodePointMappings(int[] sources, int[][] targets) {
    this.sources = sources;
    this.targets = targets;
  }

  /** What the code point becomes; itself when nothing is listed. The array is not to be written. */
  int[] apply(int codePoint) {
    int found = Arrays.binarySearch(sources, codePoint);
    return found >= 0 ? targets[found] : new int[] {codePoint};
  }

  /** The code points that change, ascending. The array is not to be written. */
  int[] sources() {
    return sources;
  }
}
