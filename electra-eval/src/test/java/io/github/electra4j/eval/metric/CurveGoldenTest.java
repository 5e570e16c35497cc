package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

class CurveGoldenTest {
  private static final List<Metric> METRICS =
      List.of(new RocAuc(), new AveragePrecision(), new MacroF1());

  @TestFactory
  Stream<DynamicTest> valuesAreThoseOfTheDefinitions() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream in =
        CurveGoldenTest.class.getResourceAsStream("/golden/curves/expected.json")) {
      for (JsonNode golden : new ObjectMapper().readTree(in).get("cases")) {
        for (Metric metric : METRICS) {
          if (golden.has(metric.name())) {
            String name = golden.get("name").asText() + ": " + metric.name();
            tests.add(DynamicTest.dynamicTest(name, () -> assertAgrees(golden, metric)));
          }
        }
      }
    }
    assertEquals(25, tests.size());
    return tests.stream();
  }

  private static void assertAgrees(JsonNode golden, Metric metric) {
    double actual = metric.of(numbers(golden.get("gold")), numbers(golden.get("predicted")));
    JsonNode expected = golden.get(metric.name());
    assertEquals(expected.isNull() ? Double.NaN : expected.asDouble(), actual, 1e-12);
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
