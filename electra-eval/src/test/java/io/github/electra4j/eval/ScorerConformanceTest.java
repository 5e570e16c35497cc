package io.github.electra4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The results of the original's scorer, from the outputs that it scored. The original averages and
 * correlates in 32 bits, except for counts and ranks; so those agree to the last bits of a double
 * and the rest to those of a float.
 */
@Tag("conformance")
class ScorerConformanceTest {
  private static final double FLOAT_TOLERANCE = 2e-6;
  private static final double DOUBLE_TOLERANCE = 1e-12;

  /** Every folder that is named like a task of GLUE; at least one. */
  static List<Path> cases() {
    List<String> tasks = GlueTask.all().stream().map(GlueTask::name).toList();
    List<Path> cases =
        SharedFolders.goldenCases("finetuning", "info.json").stream()
            .filter(folder -> tasks.contains(folder.getFileName().toString()))
            .toList();
    assertTrue(!cases.isEmpty(), "no fine-tuning case of a GLUE task");
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resultsAreThoseOfTheOriginal(Path folder) throws IOException {
    GoldenTensors tensors = GoldenTensors.read(folder.resolve("outputs.safetensors"));
    GlueSplit dev = dev(folder);
    Map<String, MetricValue> actual =
        Scoring.score(dev, outputs(dev.task(), tensors, "eval_after")).stream()
            .collect(Collectors.toMap(MetricValue::name, value -> value));
    JsonNode results =
        new ObjectMapper().readTree(folder.resolve("info.json").toFile()).get("results");
    assertTrue(results.size() > 1, results.toString());
    for (JsonNode result : results) {
      String name = result.get(0).asText();
      assertNotNull(actual.get(name), name);
      double expected = result.get(1).asDouble();
      boolean counted = name.equals("accuracy") || name.equals("spearman");
      assertEquals(
          expected,
          actual.get(name).value(),
          Math.abs(expected) * (counted ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE),
          name);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void labelsIdsAndAnswersAndLossesOfEveryExampleAreThoseOfTheOriginal(Path folder)
      throws IOException {
    GoldenTensors tensors = GoldenTensors.read(folder.resolve("outputs.safetensors"));
    GlueSplit dev = dev(folder);
    GlueTask task = dev.task();
    String gold = task.isRegression() ? ".targets" : ".label_ids";
    for (String when : List.of("eval_before", "eval_after")) {
      float[][] outputs = outputs(task, tensors, when);
      assertEquals(outputs.length, dev.examples().size());
      for (int i = 0; i < outputs.length; i++) {
        double value = task.target().value(dev.examples().get(i).label());
        assertEquals((long) tensors.get(when + ".eid").values()[i], dev.examples().get(i).id());
        assertEquals(tensors.get(when + gold).values()[i], value, 1e-7);
        assertEquals(
            tensors.get(when + ".predictions").values()[i], task.target().predicted(outputs[i]));
        double loss = tensors.get(when + ".loss").values()[i];
        assertEquals(loss, task.target().loss(value, outputs[i]), 1e-6 * Math.max(1, loss));
      }
    }
  }

  private static GlueSplit dev(Path folder) throws IOException {
    GlueTask task = GlueTask.named(folder.getFileName().toString());
    return GlueReader.load(
        task, SharedFolders.golden("finetuning/raw_data"), "dev", GlueReader.ALL);
  }

  private static float[][] outputs(GlueTask task, GoldenTensors tensors, String when) {
    String name = when + (task.isRegression() ? ".predictions" : ".logits");
    float[] flat = tensors.get(name).floats();
    int width = task.target().outputs();
    float[][] rows = new float[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }
}
