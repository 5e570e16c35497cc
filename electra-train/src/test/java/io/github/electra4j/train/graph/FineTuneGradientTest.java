package io.github.electra4j.train.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskTarget;
import io.github.electra4j.train.task.TaskTarget.Choice;
import io.github.electra4j.train.task.TaskTarget.IntentAndTags;
import io.github.electra4j.train.task.TaskTarget.Label;
import io.github.electra4j.train.task.TaskTarget.Score;
import io.github.electra4j.train.task.TaskTarget.Span;
import io.github.electra4j.train.task.TaskTarget.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finite differences in double precision through encoder, head and loss, dropout included. */
class FineTuneGradientTest {
  private static final double STEP = 1e-5;
  private static final int SAMPLES = 4;

  private static final TaskHead CLASSES = new TaskHead.Classification("t", List.of("a", "b", "c"));
  private static final TaskHead TAGS = new TaskHead.Tagging("tags", List.of("a", "b", "c"));
  private static final Tags LONG = new Tags(new int[] {1, 2, 3}, new int[] {2, 0, 1});
  private static final Tags SHORT = new Tags(new int[] {1}, new int[] {1});
  private static final Tags EMPTY = new Tags(new int[0], new int[0]);

  @Test
  void classification() {
    check(CLASSES, new Label(2), new Label(0), new Label(1));
  }

  @Test
  void regression() {
    check(new TaskHead.Regression("t", 0, 5), new Score(0.4), new Score(1), new Score(0.1));
  }

  @Test
  void headsOfTwoLayers() {
    TaskHead classes = new TaskHead.Classification("t", List.of("a", "b", "c"), HeadLayers.TWO);
    check(classes, new Label(2), new Label(0), new Label(1));
    check(new TaskHead.PairRanking("t", HeadLayers.TWO), new Choice(1, 0), new Choice(2, 1));
  }

  @Test
  void tagging() {
    check(TAGS, LONG, SHORT, EMPTY);
  }

  @Test
  void ranking() {
    check(new TaskHead.PairRanking("t"), new Choice(1, 0), new Choice(2, 1));
  }

  @Test
  void intentAndSlots() {
    check(
        new TaskHead.IntentAndSlots("t", List.of("a", "b"), List.of("x", "y", "z")),
        new IntentAndTags(1, LONG),
        new IntentAndTags(0, EMPTY),
        new IntentAndTags(1, SHORT));
  }

  @Test
  void jointSpansWithAnswerabilityByStarts() {
    checkSpans(SpanSettings.defaults());
  }

  @Test
  void jointSpansWithAnswerabilityByTheFirstToken() {
    checkSpans(
        SpanSettings.defaults()
            .withAnswerability(new Answerability(SpanSettings.Evidence.FIRST_TOKEN, 0.7)));
  }

  @Test
  void independentSpansWithAnswerabilityByStarts() {
    checkSpans(SpanSettings.defaults().withEnds(false, 20));
  }

  @Test
  void independentSpansWithAnswerabilityByTheFirstToken() {
    checkSpans(
        SpanSettings.defaults()
            .withEnds(false, 20)
            .withAnswerability(new Answerability(SpanSettings.Evidence.FIRST_TOKEN, 0.5)));
  }

  @Test
  void independentSpansWithoutAnswerability() {
    checkSpans(SpanSettings.defaults().withEnds(false, 20).withAnswerability(Answerability.none()));
  }

  @Test
  void severalTasksAtOnce() {
    List<TaskHead> heads =
        List.of(CLASSES, new TaskHead.SpanAnswer("qa", true, SpanSettings.defaults()), TAGS);
    check(
        heads,
        new LabelledBatch(
            TOKENS,
            List.of("qa", "t", "qa"),
            List.of(new Span(2, 3, false), new Label(2), new Span(0, 0, true))));
  }

  private static final TokenBatch TOKENS =
      new TokenBatch(
          new int[][] {{1, 5, 5, 2}, {1, 7, 2, 0}, {1, 2, 0, 0}},
          new int[][] {{1, 1, 1, 1}, {1, 1, 1, 0}, {1, 1, 0, 0}},
          new int[][] {{0, 0, 1, 1}, {0, 1, 1, 0}, {0, 0, 0, 0}});

  private static void checkSpans(SpanSettings settings) {
    check(
        new TaskHead.SpanAnswer("t", true, settings),
        new Span(2, 3, false),
        new Span(1, 1, false),
        new Span(0, 0, true));
  }

  private static void check(TaskHead head, TaskTarget... targets) {
    check(List.of(head), LabelledBatch.of(head.task(), TOKENS, List.of(targets)));
  }

  private static void check(List<TaskHead> heads, LabelledBatch batch) {
    ElectraConfig config =
        new ElectraConfig(
            9, 16, 8, 2, 0.02, new EncoderConfig(32, 1, 2, 24, 0.1, 0.1), Optional.empty(), false);
    WeightMap start =
        WeightMap.initialise(Checkpoint.layout(config, heads), 0.3, 4).castTo(DataType.DOUBLE);
    Map<String, INDArray> weights = start.copy();
    Random random = new Random(8);
    try (FineTuneGraph graph = new FineTuneGraph(config, heads, 0.2, weights)) {
      Map<String, INDArray> gradients = graph.step(batch, 77, FineTuneGradientTest::copies);
      for (String name : weights.keySet()) {
        INDArray weight = weights.get(name);
        int samples = name.startsWith("task_specific/") ? SAMPLES : 1;
        for (int sample = 0; sample < samples; sample++) {
          long at = random.nextInt((int) weight.length());
          double numeric =
              (loss(graph, batch, weight, at, STEP) - loss(graph, batch, weight, at, -STEP))
                  / (2 * STEP);
          assertEquals(
              numeric,
              gradients.get(name).getDouble(at),
              1e-6 * Math.max(1, Math.abs(numeric)),
              name + "[" + at + "]");
        }
      }
    }
  }

  private static Map<String, INDArray> copies(FineTuneGraph.Outcome outcome) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    outcome.gradients().forEach((name, gradient) -> copies.put(name, gradient.dup()));
    return copies;
  }

  private static double loss(
      FineTuneGraph graph, LabelledBatch batch, INDArray weight, long at, double step) {
    double value = weight.getDouble(at);
    weight.putScalar(at, value + step);
    double loss = graph.step(batch, 77, FineTuneGraph.Outcome::loss);
    weight.putScalar(at, value);
    return loss;
  }
}
