package io.github.electra4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.train.task.TextExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final GlueTask MRPC = GlueTask.named("mrpc");
  private static final GlueTask STS = GlueTask.named("sts");

  @Test
  void classesGiveTheOfficialMetricsInPercentAndTheMeanLoss() {
    float[][] logits = {{0, 2}, {3, 1}, {1, 1}, {-1, 0}};
    List<MetricValue> values = Scoring.score(MRPC, examples("1", "0", "1", "0"), logits);
    assertEquals(
        List.of("accuracy", "f1", "loss"), values.stream().map(MetricValue::name).toList());
    Map<String, Double> named = named(values);
    assertEquals(50, named.get("accuracy"));
    assertEquals(50, named.get("f1"), 1e-12);
    double loss =
        Math.log(1 + Math.exp(-2)) * 2 + Math.log(2) + Math.log(1 + Math.exp(1)); // 4 examples
    assertEquals(loss / 4, named.get("loss"), 1e-12);
  }

  @Test
  void scoresAreComparedOnTheScaleOfZeroToOneWithoutClipping() {
    float[][] outputs = {{0.5f}, {1.5f}, {-0.5f}};
    Map<String, Double> named = named(Scoring.score(STS, examples("2.5", "5.0", "0.000"), outputs));
    assertEquals(100, named.get("spearman"), 1e-12);
    assertEquals(100, named.get("pearson"), 1e-12);
    assertEquals(0.5 / 3, named.get("mse"), 1e-12);
    assertEquals(0.5 / 3, named.get("loss"), 1e-12);
  }

  @Test
  void equalAnswersHaveNoCorrelation() {
    Map<String, Double> named =
        named(Scoring.score(STS, examples("1", "2"), new float[][] {{0.3f}, {0.3f}}));
    assertEquals(Double.NaN, named.get("pearson"));
    assertEquals(Double.NaN, named.get("spearman"));
  }

  @Test
  void outputsMustFitTheExamples() {
    assertMessage(
        "There are 1 rows of outputs for 2 examples of task mrpc; pass one row per example.",
        examples("0", "1"),
        new float[][] {{0, 1}});
    assertMessage(
        "Example 1 of task mrpc has 3 outputs, wanted 2; use a model that was fine-tuned for this"
            + " task.",
        examples("0", "1"),
        new float[][] {{0, 1}, {0, 1, 2}});
    assertMessage(
        "Example 0 of task mrpc has the output NaN; the model's weights are not usable. "
            + "Check its training for a loss that is not a number.",
        examples("0"),
        new float[][] {{0, Float.NaN}});
    assertMessage(
        "There is no example of task mrpc to score; pass at least one.", List.of(), new float[0][]);
    assertMessage(
        "the label is \"2\", wanted one of [0, 1].", examples("2"), new float[][] {{0, 1}});
  }

  @Test
  void aSplitWithoutLabelsCannotBeScored() {
    GlueSplit test = split(false);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> Scoring.score(test, new float[][] {{0, 1}}));
    assertEquals(
        "test.tsv has no labels, so split test of task mrpc cannot be scored; "
            + "score dev, or write predictions.",
        error.getMessage());
    assertEquals(3, Scoring.score(split(true), new float[][] {{0, 1}}).size());
  }

  private static GlueSplit split(boolean labelled) {
    return new GlueSplit(
        MRPC, "test", Path.of("test.tsv"), labelled, false, examples("0"), List.of());
  }

  private static void assertMessage(String message, List<TextExample> examples, float[][] outputs) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Scoring.score(MRPC, examples, outputs));
    assertEquals(message, error.getMessage());
  }

  private static Map<String, Double> named(List<MetricValue> values) {
    return values.stream().collect(Collectors.toMap(MetricValue::name, MetricValue::value));
  }

  static List<TextExample> examples(String... labels) {
    List<TextExample> examples = new ArrayList<>();
    for (String label : labels) {
      examples.add(new TextExample(examples.size(), "A.", "B.", label));
    }
    return examples;
  }
}
