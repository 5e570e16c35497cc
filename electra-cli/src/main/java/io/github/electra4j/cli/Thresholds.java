package io.github.electra4j.cli;

import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.MetricValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Values that metrics must reach.
 *
 * @param wanted value by metric, or by {@code task.metric}
 */
record Thresholds(Map<String, Double> wanted) {
  /** Refuses a metric that no report has. */
  void requireKnown(List<EvalReport> reports) {
    Set<String> known = new LinkedHashSet<>();
    for (EvalReport report : reports) {
      report.metrics().forEach(metric -> known.add(metric.name()));
      report.metrics().forEach(metric -> known.add(report.task() + "." + metric.name()));
    }
    for (String name : wanted.keySet()) {
      if (!known.contains(name)) {
        throw new WrongUsageException(
            "--fail-under names %s, which was not measured; known: %s.".formatted(name, known));
      }
    }
  }

  /** A sentence for every value that was not reached. */
  List<String> failures(List<EvalReport> reports) {
    List<String> failures = new ArrayList<>();
    for (EvalReport report : reports) {
      for (MetricValue metric : report.metrics()) {
        for (String name : List.of(metric.name(), report.task() + "." + metric.name())) {
          if (wanted.containsKey(name) && !reached(metric, wanted.get(name))) {
            failures.add(
                String.format(
                    Locale.ROOT,
                    "Below the threshold: %s of %s is %.4f, wanted at %s %s.",
                    metric.name(),
                    report.task(),
                    metric.value(),
                    metric.higherIsBetter() ? "least" : "most",
                    wanted.get(name)));
          }
        }
      }
    }
    return failures;
  }

  private static boolean reached(MetricValue metric, double value) {
    return metric.higherIsBetter() ? metric.value() >= value : metric.value() <= value;
  }
}
