package io.github.electra4j.eval.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Rows as one format has them. */
interface RowSource extends Closeable {
  /** Whether the first row names the columns, so that rows come from {@link #nextCells}. */
  default boolean namesColumns() {
    return true;
  }

  /** The cells of the next row, null after the last; empty lines are no rows. */
  List<String> nextCells() throws IOException;

  /** The next row of a format whose rows name their cells, null after the last. */
  default Map<String, String> nextRow() throws IOException {
    throw new IllegalStateException("The rows of this format have no names; ask for its cells.");
  }

  /** Number of the line in which the last row began, from 1. */
  int line();
}
