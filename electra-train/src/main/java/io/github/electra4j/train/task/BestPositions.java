package io.github.electra4j.train.task;

import java.util.Arrays;

/** Where the largest of some numbers stand; of equal ones the first comes first. */
public final class BestPositions {
  private BestPositions() {}

  /** The position of the largest value. Example: {@code {1, 3, 3}} gives 1. */
  public static int first(float[] values) {
    return of(values, 1)[0];
  }

  /**
   * Positions of the largest values, largest first. Example: two of {@code {1, 3, 3, 2}} are 1 and
   * 2.
   *
   * @param count how many; fewer are given if there are fewer values
   */
  public static int[] of(float[] values, int count) {
    int[] best = new int[Math.min(count, values.length)];
    Arrays.fill(best, -1);
    for (int i = 0; i < values.length; i++) {
      int at = best.length;
      while (at > 0 && (best[at - 1] < 0 || values[i] > values[best[at - 1]])) {
        at--;
      }
      if (at < best.length) {
        System.arraycopy(best, at, best, at + 1, best.length - at - 1);
        best[at] = i;
      }
    }
    return best;
  }
}
