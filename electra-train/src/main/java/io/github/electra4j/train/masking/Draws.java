package io.github.electra4j.train.masking;

import java.util.SplittableRandom;

/**
 * Random numbers that depend on nothing but a seed, an epoch and an example: a resumed run, or one
 * with other batches, draws the same.
 */
public final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /**
   * A number for every combination of {@code parts}, in which every bit of every part matters, and
   * their order.
   */
  public static long mix(long... parts) {
    long state = GOLDEN;
    for (long part : parts) {
      state = finish(state ^ finish(part + GOLDEN)) + GOLDEN;
    }
    return state;
  }

  /** The stream of random numbers of a seed made by {@link #mix}. */
  public static SplittableRandom of(long seed) {
    return new SplittableRandom(seed);
  }

  /** The finishing function of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long finish(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
