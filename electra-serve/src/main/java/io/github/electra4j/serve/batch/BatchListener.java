package io.github.electra4j.serve.batch;

/** Told what is computed. */
@FunctionalInterface
public interface BatchListener {
  /**
   * A batch was computed.
   *
   * @param items its inputs
   * @param tokens of all of them, without padding
   * @param nanos how long it took
   */
  void computed(int items, int tokens, long nanos);
}
