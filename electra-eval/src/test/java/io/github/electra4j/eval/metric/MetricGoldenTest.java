package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MetricGoldenTest {
  private static final double TOLERANCE = 1e-12;

  @TestFactory
  Stream<DynamicTest> metricsOfClassesAgreeWithScikitLearn() throws IOException {
    return tests("classes", List.of(new Accuracy(), new MatthewsCorrelation(), new F1()));
  }

  @TestFactory
  Stream<DynamicTest> metricsOfScoresAgreeWithSciPy() throws IOException {
    return tests("scores", List.of(new Pearson(), new Spearman(), new MeanSquaredError()));
  }

  private static Stream<DynamicTest> tests(String group, List<Metric> metrics) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode golden : cases(group)) {
      for (Metric metric : metrics) {
        if (golden.has(metric.name())) {
          tests.add(
              DynamicTest.dynamicTest(
                  golden.get("name").asText() + ": " + metric.name(),
                  () -> assertAgrees(golden, metric)));
        }
      }
    }
    assertTrue(tests.size() > metrics.size(), "no cases in group " + group);
    return tests.stream();
  }

  private static void assertAgrees(JsonNode golden, Metric metric) {
    double actual = metric.of(numbers(golden.get("gold")), numbers(golden.get("predicted")));
    JsonNode expected = golden.get(metric.name());
    if (expected.isNull()) {
      assertEquals(Double.NaN, actual);
    } else {
      double scale = Math.max(1, Math.abs(expected.asDouble()));
      assertEquals(expected.asDouble(), actual, TOLERANCE * scale);
    }
  }

  private static JsonNode cases(String group) throws IOException {
    try (InputStream in =
        MetricGoldenTest.class.getResourceAsStream("/golden/metrics/expected.json")) {
      return new ObjectMapper().readTree(in).get(group);
    }
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
