package io.github.electra4j.eval.squad;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.eval.MetricValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of a file of answers.
 *
 * @param values by the names of the official script, in its order; in percent but for totals and
 *     thresholds
 * @param questions how many the data set has
 * @param missing how many of them have no prediction
 * @param extra how many predictions belong to no question
 */
public record QuestionScores(Map<String, Double> values, int questions, int missing, int extra) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TOTAL = "total";
  private static final String THRESHOLD = "_thresh";

  /** Copies the map. */
  public QuestionScores {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The scores as the official script prints them: a JSON object, totals as whole numbers. */
  public String toJson() {
    ObjectNode root = MAPPER.createObjectNode();
    values.forEach(
        (name, value) -> {
          if (name.endsWith(TOTAL)) {
            root.put(name, value.longValue());
          } else {
            root.put(name, value);
          }
        });
    return root.toPrettyString() + "\n";
  }

  /**
   * The scores as {@link #values} has them, totals among them, in the order of the official script.
   */
  public List<MetricValue> officialMetrics() {
    return values.keySet().stream().map(this::metric).toList();
  }

  /** The scores for a report: F1 first, without totals. */
  public List<MetricValue> metrics() {
    List<MetricValue> metrics = new ArrayList<>();
    metrics.add(metric("f1"));
    for (String name : values.keySet()) {
      if (!name.equals("f1") && !name.endsWith(TOTAL)) {
        metrics.add(metric(name));
      }
    }
    return List.copyOf(metrics);
  }

  private MetricValue metric(String name) {
    boolean inPercent = !name.endsWith(THRESHOLD) && !name.endsWith(TOTAL);
    return new MetricValue(name, values.get(name), inPercent, true);
  }
}
