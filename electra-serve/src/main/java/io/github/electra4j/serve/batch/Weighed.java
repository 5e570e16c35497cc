package io.github.electra4j.serve.batch;

/**
 * An input and its size.
 *
 * @param input what is computed
 * @param tokens how many tokens the model reads for it, at least 1
 * @param <I> type of the input
 */
public record Weighed<I>(I input, int tokens) {
  /** Checks the size. */
  public Weighed {
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "An input has %d tokens; count at least 1".formatted(tokens));
    }
  }
}
