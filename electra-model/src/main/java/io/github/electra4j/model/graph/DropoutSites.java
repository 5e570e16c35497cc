package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The places of a graph where dropout acts, numbered in the order in which the graph is built; in a
 * graph for inference there are none.
 */
public final class DropoutSites {
  private final SDVariable seed;
  private long next;

  private DropoutSites(SDVariable seed) {
    this.seed = seed;
  }

  /** No dropout at all. */
  public static DropoutSites none() {
    return new DropoutSites(null);
  }

  /** Dropout whose masks follow {@code seed}, a LONG scalar. */
  public static DropoutSites seededBy(SDVariable seed) {
    return new DropoutSites(seed);
  }

  /** {@code input} with dropout of probability {@code rate}; {@code input} itself at rate 0. */
  public SDVariable drop(SDVariable input, double rate) {
    return seed == null || rate == 0 ? input : Dropout.build(input, seed, next++, rate);
  }
}
