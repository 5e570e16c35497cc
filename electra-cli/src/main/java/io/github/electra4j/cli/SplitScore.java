package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import java.util.List;
import java.util.Optional;

/**
 * How a model did on a split.
 *
 * @param metrics the official ones, the one to quote first
 * @param samples every example with its answer
 * @param degenerate what is wrong with the answers as a whole, e.g. that they are all the same
 */
record SplitScore(List<MetricValue> metrics, List<Sample> samples, Optional<String> degenerate) {
  /** Copies the lists. */
  SplitScore {
    metrics = List.copyOf(metrics);
    samples = List.copyOf(samples);
  }

  /**
   * One example with its answer.
   *
   * @param id of the example within its split
   * @param gold the right answer
   * @param answer the model's
   */
  record Sample(String id, String gold, String answer) {}
}
