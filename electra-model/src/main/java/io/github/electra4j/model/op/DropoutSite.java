package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.DropoutMask;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A place in a graph where dropout acts.
 *
 * @param seed LONG scalar, another one for every step
 * @param number which place, so that equal shapes get different masks
 * @param rate probability to drop, in (0, 1)
 */
public record DropoutSite(SDVariable seed, long number, double rate) {

  /** The mask in a run whose seed array is {@code seed}. */
  static DropoutMask mask(INDArray seed, long number, double rate) {
    return DropoutMask.of(seed.getLong(0), number, rate);
  }
}
