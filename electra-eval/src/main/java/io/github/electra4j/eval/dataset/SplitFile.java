package io.github.electra4j.eval.dataset;

import java.util.Objects;

/**
 * One file in which a split may be found.
 *
 * @param name name of the file inside the task's folder, e.g. {@code train.tsv}
 * @param columns what its lines hold
 */
public record SplitFile(String name, Columns columns) {
  /** Requires both. */
  public SplitFile {
    Objects.requireNonNull(name, "SplitFile.name is null.");
    Objects.requireNonNull(columns, "SplitFile.columns is null.");
  }
}
