package io.github.electra4j.train.corpus;

import java.util.SplittableRandom;

/** What {@link ExampleBuilder} leaves to chance. */
public interface ExampleRandom {
  /** A number of [0, 1). */
  double uniform();

  /** A whole number between {@code lowest} and {@code highest}, both included. */
  int integer(int lowest, int highest);

  /** Draws that follow from the seed alone. */
  static ExampleRandom seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new ExampleRandom() {
      @Override
      public double uniform() {
        return random.nextDouble();
      }

      @Override
      public int integer(int lowest, int highest) {
        return random.nextInt(lowest, highest + 1);
      }
    };
  }
}
