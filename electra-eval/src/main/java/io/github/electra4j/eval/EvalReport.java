package io.github.electra4j.eval;

import java.util.List;
import java.util.Objects;

/**
 * The result of evaluating a model on one split of one task.
 *
 * @param task name of the task, e.g. {@code sst}
 * @param split name of the split, e.g. {@code dev}
 * @param examples how many were scored, at least 1
 * @param partial whether a limit kept some of the split's examples from being scored, so that the
 *     numbers are not those of the benchmark
 * @param metrics the numbers as {@link Scoring} orders them, at least one; the first is the one to
 *     quote
 * @param provenance what is needed to get them again
 */
public record EvalReport(
    String task,
    String split,
    int examples,
    boolean partial,
    List<MetricValue> metrics,
    Provenance provenance) {
  /** Checks the numbers and copies the list. */
  public EvalReport {
    Objects.requireNonNull(task, "EvalReport.task is null.");
    Objects.requireNonNull(split, "EvalReport.split is null.");
    metrics = List.copyOf(metrics);
    Objects.requireNonNull(provenance, "EvalReport.provenance is null.");
    if (examples < 1 || metrics.isEmpty()) {
      throw new IllegalArgumentException(
          ("The report on split %s of task %s has %d examples and %d metrics; it needs at least "
                  + "one of each.")
              .formatted(split, task, examples, metrics.size()));
    }
  }

  /** The number to quote. */
  public MetricValue main() {
    return metrics.get(0);
  }

  /**
   * The report as an indented JSON object that ends with a line break. Numbers in percent are
   * listed under {@code in_percent}; an undefined number is {@code null}.
   *
   * @throws IllegalArgumentException if the configuration holds something JSON has no form for
   */
  public String toJson() {
    return ReportJson.of(this);
  }

  /** The report as a table for the terminal, in ASCII; a partial one says so above and inside. */
  public String toTable() {
    return table(List.of(this));
  }

  /**
   * Several reports as one table.
   *
   * @param reports in the order of the rows
   */
  public static String table(List<EvalReport> reports) {
    return ReportTable.of(reports);
  }
}
