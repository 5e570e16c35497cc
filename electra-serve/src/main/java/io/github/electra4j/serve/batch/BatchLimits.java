package io.github.electra4j.serve.batch;

import java.time.Duration;

/**
 * How inputs are put together, and how many may wait.
 *
 * @param batchTokens most tokens of a batch, padding included, at least 1; a single longer input is
 *     a batch of its own
 * @param batchItems most inputs of a batch, at least 1
 * @param longestWait how long an input may wait for others to join it while a worker is free
 * @param queueItems most inputs that wait, at least 1
 * @param queueTokens most tokens that wait, at least {@code batchTokens}
 * @param workers batches computed at the same time, at least 1; one batch uses all processors
 */
public record BatchLimits(
    int batchTokens,
    int batchItems,
    Duration longestWait,
    int queueItems,
    int queueTokens,
    int workers) {

  /** Checks the ranges. */
  public BatchLimits {
    requirePositive("batchTokens", batchTokens);
    requirePositive("batchItems", batchItems);
    requirePositive("queueItems", queueItems);
    requirePositive("workers", workers);
    if (longestWait.isNegative() || longestWait.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "BatchLimits.longestWait is %d ms; choose 0 ms to 60000 ms"
              .formatted(longestWait.toMillis()));
    }
    if (queueTokens < batchTokens) {
      throw new IllegalArgumentException(
          "BatchLimits.queueTokens is %d, less than batchTokens %d; let at least one batch wait"
              .formatted(queueTokens, batchTokens));
    }
  }

  /** Batches of up to 2,048 tokens and 32 inputs, a queue of 512 inputs, one worker. */
  public static BatchLimits defaults() {
    return new BatchLimits(2048, 32, Duration.ZERO, 512, 65_536, 1);
  }

  /** With other limits of a batch. */
  public BatchLimits withBatch(int tokens, int items, Duration longestWait) {
    return new BatchLimits(tokens, items, longestWait, queueItems, queueTokens, workers);
  }

  /** With other limits of the queue. */
  public BatchLimits withQueue(int items, int tokens) {
    return new BatchLimits(batchTokens, batchItems, longestWait, items, tokens, workers);
  }

  /** With another number of batches computed at the same time. */
  public BatchLimits withWorkers(int count) {
    return new BatchLimits(batchTokens, batchItems, longestWait, queueItems, queueTokens, count);
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "BatchLimits.%s is %d; choose at least 1".formatted(field, value));
    }
  }
}
