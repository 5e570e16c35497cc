package io.github.electra4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one table form of reports. */
final class ReportTable {
  private static final List<String> TITLES =
      List.of("Task", "Split", "Metric", "Better", "Value", "Stderr", "n");
  private static final List<Boolean> RIGHT_ALIGNED =
      List.of(false, false, false, false, true, true, true);
  private static final String BANNER =
      "*** PARTIAL: a limit was used; numbers marked PARTIAL are not scores of the benchmark. "
          + "***\n";

  private ReportTable() {}

  static String of(List<EvalReport> reports) {
    List<List<String>> rows = new ArrayList<>();
    for (EvalReport report : reports) {
      for (MetricValue metric : report.metrics()) {
        rows.add(row(report, metric));
      }
    }
    int[] widths = widths(rows);
    StringBuilder table = new StringBuilder();
    if (reports.stream().anyMatch(EvalReport::partial)) {
      table.append(BANNER);
    }
    appendRow(table, TITLES, widths);
    appendRule(table, widths);
    rows.forEach(row -> appendRow(table, row, widths));
    return table.toString();
  }

  /** Every row is complete, so that one that is cut out of the table still says what it is. */
  private static List<String> row(EvalReport report, MetricValue metric) {
    return List.of(
        report.task(),
        report.split(),
        metric.name(),
        metric.higherIsBetter() ? "higher" : "lower",
        number(metric, metric.value(), "undefined"),
        number(metric, metric.standardError(), ""),
        report.examples() + (report.partial() ? " PARTIAL" : ""));
  }

  private static String number(MetricValue metric, double value, String none) {
    if (Double.isNaN(value)) {
      return none;
    }
    return metric.inPercent()
        ? String.format(Locale.ROOT, "%.2f %%", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = TITLES.stream().mapToInt(String::length).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static void appendRow(StringBuilder table, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - cells.get(i).length());
      table
          .append("| ")
          .append(RIGHT_ALIGNED.get(i) ? blanks + cells.get(i) : cells.get(i) + blanks)
          .append(' ');
    }
    table.append("|\n");
  }

  private static void appendRule(StringBuilder table, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      table.append('|').append("-".repeat(widths[i] + 1)).append(RIGHT_ALIGNED.get(i) ? ':' : '-');
    }
    table.append("|\n");
  }
}
