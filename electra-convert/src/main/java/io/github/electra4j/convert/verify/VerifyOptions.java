package io.github.electra4j.convert.verify;

/**
 * On which inputs two models are compared, and how closely.
 *
 * @param batch number of sequences, at least 1
 * @param seq tokens per sequence, at least 2; shortened to what both models can read
 * @param seed of the ids
 * @param tolerance largest absolute difference that passes, at least 0
 */
public record VerifyOptions(int batch, int seq, long seed, double tolerance) {
  /** Checks the numbers. */
  public VerifyOptions {
    if (batch < 1 || seq < 2) {
      throw new IllegalArgumentException(
          "VerifyOptions: %d sequences of %d tokens cannot be compared; give at least 1 of 2"
              .formatted(batch, seq));
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "VerifyOptions.tolerance is %s; it must be at least 0".formatted(tolerance));
    }
  }

  /** Four sequences of 64 tokens, 1e-4 apart at most. */
  public static VerifyOptions standard() {
    return new VerifyOptions(4, 64, 1, 1e-4);
  }
}
