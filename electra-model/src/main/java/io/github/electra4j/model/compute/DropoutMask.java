package io.github.electra4j.model.compute;

/**
 * Which elements an inverted dropout keeps: a function of (seed, site, element) alone, so that a
 * backward pass repeats the mask without storing it and a run repeats from its seed in any number
 * of threads. Elements 2k and 2k + 1 have the low and the high half of one 64-bit random number.
 *
 * @param key where the site's stream of numbers starts
 * @param threshold signed 32-bit numbers from here on keep their element
 * @param scale what a kept element is multiplied by
 */
public record DropoutMask(long key, int threshold, float scale) {
  static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  static final long FACTOR_1 = 0xBF58476D1CE4E5B9L;
  static final long FACTOR_2 = 0x94D049BB133111EBL;

  /**
   * The mask of one place in a graph in one step.
   *
   * @param seed another one for every step
   * @param site number of the place
   * @param rate probability to drop, in (0, 1)
   */
  public static DropoutMask of(long seed, long site, double rate) {
    return new DropoutMask(
        mix(seed + GOLDEN_GAMMA * (site + 1)),
        (int) Math.ceil(rate * 0x1.0p32 - 0x1.0p31),
        (float) (1 / (1 - rate)));
  }

  /** Whether the element is kept. */
  public boolean keeps(long element) {
    long pair = pair(element >> 1);
    return (int) ((element & 1) == 0 ? pair : pair >> 32) >= threshold;
  }

  /** The random number of elements {@code 2 · index} and {@code 2 · index + 1}. */
  long pair(long index) {
    return mix(key + GOLDEN_GAMMA * index);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * FACTOR_1;
    long x = (y ^ (y >>> 27)) * FACTOR_2;
    return x ^ (x >>> 31);
  }
}
