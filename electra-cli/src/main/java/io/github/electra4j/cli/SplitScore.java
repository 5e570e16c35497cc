package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import java.util.List;
import java.util.Optional;

/**
 * How a model did on a split.
 *
 * @param metrics the official ones, the one to quote first
 * @param degenerate what is wrong with the answers as a whole, e.g. that they are all the same
 */
record SplitScore(List<MetricValue> metrics, Optional<String> degenerate) {
  /** Copies the list. */
  SplitScore {
    metrics = List.copyOf(metrics);
  }
}
