package io.github.electra4j.serve.task;

import java.time.Duration;

/**
 * How large a request may be, and how long it may take.
 *
 * @param bodyBytes most bytes of its body, 1 KiB to 64 MiB
 * @param texts most texts, at least 1
 * @param tokens most tokens of all its texts, at least 1
 * @param timeout from its head to its answer, above 0, at most 10 minutes
 */
public record RequestLimits(int bodyBytes, int texts, int tokens, Duration timeout) {
  private static final int FEWEST_BYTES = 1 << 10;
  private static final int MOST_BYTES = 64 << 20;

  /** Checks the ranges. */
  public RequestLimits {
    if (bodyBytes < FEWEST_BYTES || bodyBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "RequestLimits.bodyBytes is %d; choose %d to %d"
              .formatted(bodyBytes, FEWEST_BYTES, MOST_BYTES));
    }
    requirePositive("texts", texts);
    requirePositive("tokens", tokens);
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "RequestLimits.timeout is %d ms; choose 1 ms to 600000 ms".formatted(timeout.toMillis()));
    }
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "RequestLimits.%s is %d; choose at least 1".formatted(field, value));
    }
  }

  /** 1 MiB, 64 texts, 16,384 tokens, 10 seconds. */
  public static RequestLimits defaults() {
    return new RequestLimits(1 << 20, 64, 16_384, Duration.ofSeconds(10));
  }
}
