package io.github.electra4j.tokenizer;

import java.util.Arrays;

/** A small number for every code point, kept as runs of equal numbers. */
final class CodePointRuns {
  private final int[] starts; // first code point of each run, ascending from 0
  private final int[] values; // per run

  CodePointRuns(int[] starts, int[] values) {
    this.starts = starts;
    this.values = values;
  }

  int valueAt(int codePoint) {
    return values[runAt(codePoint)];
  }

  /** The run that holds a code point. */
  int runAt(int codePoint) {
    int found = Arrays.binarySearch(starts, codePoint);
    return found >= 0 ? found : -found - 2;
  }

  int runs() {
    return starts.length;
  }

  int value(int run) {
    return values[run];
  }

  int start(int run) {
    return starts[run];
  }

  /** First code point behind the run. */
  int end(int run) {
    return run + 1 < starts.length ? starts[run + 1] : Character.MAX_CODE_POINT + 1;
  }
}
