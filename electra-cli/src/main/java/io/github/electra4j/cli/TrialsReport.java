package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.eval.statistics.Resampling;
import io.github.electra4j.eval.statistics.TrialSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What several trials say together.
 *
 * @param wanted number of trials in the end
 * @param settings what they have in common
 * @param trials the finished ones
 */
record TrialsReport(int wanted, Map<String, String> settings, List<Trial> trials) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Resampling RESAMPLING = Resampling.usual();

  /** Copies the list. */
  TrialsReport {
    trials = List.copyOf(trials);
  }

  /**
   * A finished trial.
   *
   * @param number from 1
   * @param seed of everything random
   * @param metrics value by {@code task.metric}, in the order of the report
   * @param degenerate what is wrong with it, if anything
   * @param lowerIsBetter whether the first metric is of that kind
   */
  record Trial(
      int number,
      long seed,
      Map<String, Double> metrics,
      Optional<String> degenerate,
      boolean lowerIsBetter) {}

  /** The trial of a run that has just ended. */
  static Trial trial(int number, long seed, FinetuneRun.Outcome outcome) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (EvalReport report : outcome.reports()) {
      for (MetricValue metric : report.metrics()) {
        metrics.put(report.task() + "." + metric.name(), metric.value());
      }
    }
    boolean lower = !outcome.reports().get(0).main().higherIsBetter();
    return new Trial(number, seed, metrics, outcome.degenerate(), lower);
  }

  /** The trial of a run that ended before, from its results. */
  static Trial trial(int number, long seed, JsonNode results, Optional<String> degenerate) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    Iterable<JsonNode> reports = results.isArray() ? results : List.of(results);
    for (JsonNode report : reports) {
      report
          .path("metrics")
          .properties()
          .forEach(
              each ->
                  metrics.put(
                      report.path("task").asText() + "." + each.getKey(),
                      each.getValue().asDouble(Double.NaN)));
    }
    String main = metrics.isEmpty() ? "" : metrics.keySet().iterator().next();
    return new Trial(number, seed, metrics, degenerate, main.endsWith(".mse"));
  }

  private List<String> names() {
    return List.copyOf(trials.get(0).metrics().keySet());
  }

  private double[] values(String metric) {
    return trials.stream()
        .mapToDouble(trial -> trial.metrics().getOrDefault(metric, Double.NaN))
        .filter(Double::isFinite)
        .toArray();
  }

  /**
   * Number of the trial with the best first metric, of those that are not degenerate if there are
   * any.
   */
  int best() {
    String main = names().get(0);
    List<Trial> sound = trials.stream().filter(trial -> trial.degenerate().isEmpty()).toList();
    List<Trial> candidates = sound.isEmpty() ? trials : sound;
    Trial best = candidates.get(0);
    for (Trial trial : candidates) {
      double value = trial.metrics().get(main);
      double record = best.metrics().get(main);
      boolean better = trial.lowerIsBetter() ? value < record : value > record;
      best = better || Double.isNaN(record) ? trial : best;
    }
    return best.number();
  }

  /** A JSON object with the statistics of every metric and every trial. */
  String toJson() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("wanted", wanted).put("finished", trials.size()).put("best", best());
    root.set("settings", MAPPER.valueToTree(settings));
    ObjectNode statistics = root.putObject("statistics");
    for (String metric : names()) {
      double[] values = values(metric);
      if (values.length > 0) {
        TrialSummary of = TrialSummary.of(values, RESAMPLING);
        statistics
            .putObject(metric)
            .put("n", values.length)
            .put("mean", of.mean())
            .put("sd", deviation(of))
            .put("median", of.median())
            .put("min", of.lowest())
            .put("max", of.highest())
            .put("ci95_low", of.meanInterval().low())
            .put("ci95_high", of.meanInterval().high());
      }
    }
    ArrayNode each = root.putArray("trials");
    for (Trial trial : trials) {
      ObjectNode node = each.addObject().put("trial", trial.number()).put("seed", trial.seed());
      trial.degenerate().ifPresent(what -> node.put("degenerate", what));
      node.set("metrics", MAPPER.valueToTree(trial.metrics()));
    }
    return root.toPrettyString() + "\n";
  }

  /** A table of the statistics, and below it the trials that learnt nothing. */
  String toTable() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Metric", "n", "Mean", "SD", "Median", "Min", "Max", "95 % CI of the mean"));
    for (String metric : names()) {
      double[] values = values(metric);
      if (values.length > 0) {
        TrialSummary of = TrialSummary.of(values, RESAMPLING);
        rows.add(
            List.of(
                metric,
                Integer.toString(values.length),
                number(of.mean()),
                number(deviation(of)),
                number(of.median()),
                number(of.lowest()),
                number(of.highest()),
                number(of.meanInterval().low()) + " to " + number(of.meanInterval().high())));
      }
    }
    StringBuilder text = new StringBuilder(TextTable.of(rows));
    for (Trial trial : trials) {
      trial
          .degenerate()
          .ifPresent(
              what -> text.append("Trial %d is degenerate: %s.%n".formatted(trial.number(), what)));
    }
    return text.append("Best: trial %d%n".formatted(best())).toString();
  }

  /** Of a single trial, 0, which a table and JSON can show. */
  private static double deviation(TrialSummary of) {
    return of.trials() == 1 ? 0 : of.deviation();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
