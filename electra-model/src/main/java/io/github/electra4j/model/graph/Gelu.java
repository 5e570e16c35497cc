package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The exact GELU, {@code x · 0.5 · (1 + erf(x / √2))} (Hendrycks and Gimpel 2016). SameDiff's own
 * two operations compute approximations of it.
 */
final class Gelu {
  private Gelu() {}

  static SDVariable build(SDVariable x) {
    SDVariable erf = x.getSameDiff().math().erf(x.mul(1 / Math.sqrt(2)));
    return x.mul(erf.add(1.0).mul(0.5));
  }
}
