package io.github.electra4j.serve.batch;

import java.util.List;

/**
 * What computes a batch. Inputs of one engine are never mixed with another's.
 *
 * @param <I> an input
 * @param <O> its output
 */
@FunctionalInterface
public interface Engine<I, O> {
  /**
   * The outputs of some inputs, in their order. Called by several threads if there are several
   * workers.
   *
   * @throws InvalidInputException if an input cannot be computed
   */
  List<O> compute(List<I> inputs);
}
