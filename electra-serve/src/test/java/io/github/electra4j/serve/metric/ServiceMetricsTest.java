package io.github.electra4j.serve.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {
  @Test
  void numbersAreInTheFormOfPrometheus() {
    ServiceMetrics metrics = new ServiceMetrics();
    metrics.begun();
    metrics.begun();
    metrics.answered("/v1/tag", 200, 3_000_000);
    metrics.rejected("overloaded");
    metrics.computed(3, 40, 100_000_000);
    metrics.computed(1, 5, 100_000_000);
    List<String> lines = metrics.text(() -> 7, () -> 99).lines().toList();
    for (String line :
        List.of(
            "# TYPE electra_requests_total counter",
            "electra_requests_total{route=\"/v1/tag\",status=\"200\"} 1",
            "electra_request_duration_seconds_bucket{route=\"/v1/tag\",le=\"0.0025\"} 0",
            "electra_request_duration_seconds_bucket{route=\"/v1/tag\",le=\"0.005\"} 1",
            "electra_request_duration_seconds_bucket{route=\"/v1/tag\",le=\"+Inf\"} 1",
            "electra_request_duration_seconds_sum{route=\"/v1/tag\"} 0.003",
            "electra_requests_in_flight 1",
            "electra_rejected_total{reason=\"overloaded\"} 1",
            "electra_queue_items 7",
            "electra_queue_tokens 99",
            "electra_batch_items_bucket{le=\"1\"} 1",
            "electra_batch_items_bucket{le=\"4\"} 2",
            "electra_batch_items_sum 4",
            "electra_batch_tokens_sum 45",
            "electra_batch_duration_seconds_count 2")) {
      assertTrue(lines.contains(line), line);
    }
    assertEquals(1, metrics.inFlight());
    for (String line : lines) {
      assertTrue(line.startsWith("# ") || line.matches("[a-z_]+(\\{[^}]*\\})? [-0-9.]+"), line);
    }
  }
}
