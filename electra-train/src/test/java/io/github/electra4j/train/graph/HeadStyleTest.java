package io.github.electra4j.train.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.GraphStyle;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.HeadOutput.SpanScores;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskTarget;
import io.github.electra4j.train.task.TaskTarget.Choice;
import io.github.electra4j.train.task.TaskTarget.IntentAndTags;
import io.github.electra4j.train.task.TaskTarget.Label;
import io.github.electra4j.train.task.TaskTarget.Score;
import io.github.electra4j.train.task.TaskTarget.Span;
import io.github.electra4j.train.task.TaskTarget.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every head on the graph of stock operations and on the fused one: outputs, loss, gradients. */
class HeadStyleTest {
  private static final ElectraConfig CONFIG =
      new ElectraConfig(
          9, 16, 8, 2, 0.02, new EncoderConfig(32, 2, 2, 24, 0, 0), Optional.empty(), false);

  private static final TokenBatch TOKENS =
      new TokenBatch(
          new int[][] {{1, 5, 5, 2}, {1, 7, 2, 0}, {1, 2, 0, 0}},
          new int[][] {{1, 1, 1, 1}, {1, 1, 1, 0}, {1, 1, 0, 0}},
          new int[][] {{0, 0, 1, 1}, {0, 1, 1, 0}, {0, 0, 0, 0}});

  private static final Tags LONG = new Tags(new int[] {1, 2, 3}, new int[] {2, 0, 1});
  private static final Tags SHORT = new Tags(new int[] {1}, new int[] {1});

  /** A head with targets for {@link #TOKENS}. */
  private record Case(TaskHead head, List<TaskTarget> targets) {
    @Override
    public String toString() {
      return head.toString();
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(
        new Case(
            new TaskHead.Classification("t", List.of("a", "b", "c")),
            List.of(new Label(2), new Label(0), new Label(1))));
    cases.add(
        new Case(
            new TaskHead.Regression("t", 0, 5),
            List.of(new Score(0.4), new Score(1), new Score(0.1))));
    cases.add(
        new Case(
            new TaskHead.Tagging("t", List.of("a", "b", "c")),
            List.of(LONG, SHORT, new Tags(new int[0], new int[0]))));
    cases.add(new Case(new TaskHead.PairRanking("t"), List.of(new Choice(1, 0), new Choice(2, 1))));
    cases.add(
        new Case(
            new TaskHead.IntentAndSlots("t", List.of("a", "b"), List.of("x", "y", "z")),
            List.of(
                new IntentAndTags(1, LONG),
                new IntentAndTags(0, SHORT),
                new IntentAndTags(1, SHORT))));
    for (boolean joint : new boolean[] {true, false}) {
      for (Answerability answerability :
          List.of(
              Answerability.none(),
              new Answerability(Evidence.START_LOGITS, 0.5),
              new Answerability(Evidence.FIRST_TOKEN, 0.7))) {
        SpanSettings settings =
            SpanSettings.defaults().withEnds(joint, 2).withAnswerability(answerability);
        cases.add(
            new Case(
                new TaskHead.SpanAnswer("t", true, settings),
                List.of(new Span(2, 3, false), new Span(1, 1, false), new Span(0, 0, true))));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothStylesComputeTheSame(Case each) {
    List<TaskHead> heads = List.of(each.head());
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(CONFIG, heads), 0.3, 4);
    LabelledBatch batch = LabelledBatch.of("t", TOKENS, each.targets());
    List<float[]> outputs = new ArrayList<>();
    List<Map<String, float[]>> steps = new ArrayList<>();
    for (GraphStyle style : List.of(GraphStyle.PORTABLE, GraphStyle.FUSED)) {
      try (OutputGraph graph = new OutputGraph(CONFIG, heads, weights, style)) {
        outputs.add(flat(graph.run(batch)));
      }
      try (FineTuneGraph graph = new FineTuneGraph(CONFIG, heads, 0, weights.copy(), style)) {
        steps.add(graph.step(batch, 1, HeadStyleTest::copied));
      }
    }
    assertTrue(outputs.get(0).length > 0, "no outputs");
    assertClose("outputs", outputs.get(0), outputs.get(1));
    assertEquals(steps.get(0).keySet(), steps.get(1).keySet());
    steps.get(0).forEach((name, values) -> assertClose(name, values, steps.get(1).get(name)));
  }

  private static Map<String, float[]> copied(FineTuneGraph.Outcome outcome) {
    Map<String, float[]> copies = new LinkedHashMap<>();
    copies.put("loss", new float[] {(float) outcome.loss()});
    outcome
        .gradients()
        .forEach((name, gradient) -> copies.put(name, gradient.dup('c').data().asFloat()));
    return copies;
  }

  private static float[] flat(List<HeadOutput> outputs) {
    List<Float> all = new ArrayList<>();
    outputs.forEach(output -> add(output, values -> values.forEach(all::add)));
    float[] flat = new float[all.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = all.get(i);
    }
    return flat;
  }

  private static void add(HeadOutput output, Consumer<List<Float>> all) {
    if (output instanceof HeadOutput.Scores scores) {
      all.accept(list(scores.values()));
    } else if (output instanceof HeadOutput.WordScores words) {
      Stream.of(words.logits()).forEach(word -> all.accept(list(word)));
    } else if (output instanceof HeadOutput.IntentScores intent) {
      all.accept(list(intent.intents()));
      Stream.of(intent.slots()).forEach(word -> all.accept(list(word)));
    } else if (output instanceof SpanScores span) {
      all.accept(list(span.startLogits()));
      all.accept(list(span.endLogits()));
      all.accept(list(span.beam().startLogProbabilities()));
      Stream.of(span.beam().endLogProbabilities()).forEach(ends -> all.accept(list(ends)));
      all.accept(List.of(span.unanswerable()));
    }
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private static void assertClose(String name, float[] portable, float[] fused) {
    assertEquals(portable.length, fused.length, name);
    float largest = 1;
    for (float value : portable) {
      largest = Math.max(largest, Math.min(100, Math.abs(value))); // not the −1000 of padding
    }
    for (int i = 0; i < portable.length; i++) {
      assertEquals(portable[i], fused[i], 1e-4 * largest, name + "[" + i + "]");
    }
  }
}
