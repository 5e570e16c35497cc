package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.Dropout;
import io.github.electra4j.model.op.DropoutSite;
import java.util.Optional;
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
    return next(rate).map(site -> Dropout.build(input, site)).orElse(input);
  }

  /** The next place, for an operation that drops out itself; empty at rate 0. */
  Optional<DropoutSite> next(double rate) {
    return seed == null || rate == 0
        ? Optional.empty()
        : Optional.of(new DropoutSite(seed, next++, rate));
  }
}
