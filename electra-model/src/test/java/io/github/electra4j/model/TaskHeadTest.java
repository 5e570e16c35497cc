package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TaskHeadTest {
  @Test
  void tensorsHaveTheNamesOfTheOriginal() {
    TaskHead sst = new TaskHead.Classification("sst", List.of("0", "1"));
    assertEquals(
        "[task_specific/sst/dense/kernel [256, 2], task_specific/sst/dense/bias [2]]",
        TensorLayout.taskHead(sst, 256).toString());
    TaskHead sts = new TaskHead.Regression("sts", 0, 5);
    List<TensorSpec> layout = TensorLayout.taskHead(sts, 32);
    assertEquals(TensorSpec.Initializer.GLOROT_UNIFORM, layout.get(0).initializer());
    assertEquals(TensorSpec.Initializer.ZEROS, layout.get(1).initializer());
    assertEquals("task_specific/sts/dense/kernel [32, 1]", layout.get(0).toString());
  }

  @Test
  void targetsAreDividedByTheMaximumAsInTheOriginal() {
    TaskHead.Regression sts = new TaskHead.Regression("sts", 0, 5);
    assertEquals(0.5, sts.target(2.5));
    TaskHead.Regression shifted = new TaskHead.Regression("x", 1, 4);
    assertEquals(0.75, shifted.target(4));
    assertEquals(4, shifted.label(0.75));
  }

  @Test
  void everyKindHasItsCase() {
    assertEquals("labels [a, b]", new TaskHead.Classification("t", List.of("a", "b")).match(NAMES));
    assertEquals("up to 5.0", new TaskHead.Regression("t", 0, 5).match(NAMES));
    assertEquals("tags [B, O]", new TaskHead.Tagging("t", List.of("B", "O")).match(NAMES));
    assertEquals("joint true", span(SpanSettings.defaults()).match(NAMES));
    assertEquals("ranks t", new TaskHead.PairRanking("t").match(NAMES));
    assertEquals("[go, stop] [O]", INTENTS.match(NAMES));
  }

  @Test
  void onlyHeadsOfWholeTextsReadTheFirstTokenAlone() {
    assertFalse(new TaskHead.Classification("t", List.of("a", "b")).readsAllTokens());
    assertFalse(new TaskHead.Regression("t", 0, 5).readsAllTokens());
    assertFalse(new TaskHead.PairRanking("t").readsAllTokens());
    assertTrue(new TaskHead.Tagging("t", List.of("O")).readsAllTokens());
    assertTrue(span(SpanSettings.defaults()).readsAllTokens());
    assertTrue(INTENTS.readsAllTokens());
  }

  @Test
  void questionAnsweringHasTheLayersOfTheOriginal() {
    SpanSettings settings = SpanSettings.defaults();
    assertEquals(
        List.of("dense [32, 1]", "qa_hidden [64, 512]", "dense_1 [512, 1]"),
        kernels(span(settings.withAnswerability(SpanSettings.Answerability.none()))));
    assertEquals(
        List.of(
            "dense [32, 1]",
            "qa_hidden [64, 512]",
            "dense_1 [512, 1]",
            "dense_2 [64, 512]",
            "dense_3 [512, 1]"),
        kernels(span(settings)));
    assertEquals(
        List.of("dense [32, 1]", "dense_1 [32, 1]", "dense_2 [32, 1]"),
        kernels(
            span(
                settings
                    .withEnds(false, 20)
                    .withAnswerability(
                        new SpanSettings.Answerability(SpanSettings.Evidence.FIRST_TOKEN, 0.5)))));
    assertEquals(List.of("dense [32, 2]", "dense_1 [32, 1]"), kernels(INTENTS));
  }

  private static final TaskHead INTENTS =
      new TaskHead.IntentAndSlots("t", List.of("go", "stop"), List.of("O"));

  private static final TaskHead.Cases<String> NAMES =
      new TaskHead.Cases<>() {
        @Override
        public String classification(TaskHead.Classification head) {
          return "labels " + head.labels();
        }

        @Override
        public String regression(TaskHead.Regression head) {
          return "up to " + head.maximum();
        }

        @Override
        public String tagging(TaskHead.Tagging head) {
          return "tags " + head.labels();
        }

        @Override
        public String spanAnswer(TaskHead.SpanAnswer head) {
          return "joint " + head.settings().jointPrediction();
        }

        @Override
        public String pairRanking(TaskHead.PairRanking head) {
          return "ranks " + head.task();
        }

        @Override
        public String intentAndSlots(TaskHead.IntentAndSlots head) {
          return head.intents() + " " + head.slots();
        }
      };

  private static TaskHead span(SpanSettings settings) {
    return new TaskHead.SpanAnswer("t", true, settings);
  }

  private static List<String> kernels(TaskHead head) {
    return TensorLayout.taskHead(head, 32).stream()
        .map(TensorSpec::toString)
        .filter(spec -> spec.contains("/kernel"))
        .map(spec -> spec.replace("task_specific/t/", "").replace("/kernel", ""))
        .toList();
  }

  @Test
  void labelsAreCopied() {
    List<String> labels = new ArrayList<>(List.of("a", "b"));
    TaskHead.Classification head = new TaskHead.Classification("t", labels);
    labels.add("c");
    assertEquals(2, head.outputs());
  }

  @Test
  void whatCannotBeAHeadIsRefused() {
    refuses(() -> new TaskHead.Classification("t", List.of("a")), "at least two");
    refuses(() -> new TaskHead.Classification("t", List.of("a", "b", "a")), "label \"a\" twice");
    for (String name : List.of("", "a/b", "a b", "ä", "a:0")) {
      refuses(() -> new TaskHead.Classification(name, List.of("a", "b")), "\"" + name + "\"");
    }
    refuses(() -> new TaskHead.Tagging("t", List.of()), "at least one");
    refuses(() -> new TaskHead.IntentAndSlots("t", List.of("a"), List.of("O")), "at least two");
    SpanSettings settings = SpanSettings.defaults();
    refuses(() -> settings.withEnds(true, 0), "beamSize is 0");
    refuses(() -> new SpanSettings.Windows(64, 0), "docStride is 0");
    refuses(() -> new SpanSettings.Windows(0, 1), "maxQueryLength is 0");
    refuses(() -> new SpanSettings.Choice(0, 1, 0), "nBestSize is 0");
    refuses(() -> new SpanSettings.Choice(1, 0, 0), "maxAnswerLength is 0");
    refuses(() -> new SpanSettings.Choice(1, 1, Double.NaN), "nullThreshold is NaN");
    refuses(() -> new SpanSettings.Answerability(SpanSettings.Evidence.NONE, -1), "weight is -1.0");
    refuses(() -> new TaskHead.Regression("t", 5, 5), "above the minimum");
    refuses(() -> new TaskHead.Regression("t", -2, -1), "above 0");
    refuses(() -> new TaskHead.Regression("t", Double.NaN, 1), "NaN");
    refuses(() -> new TaskHead.Regression("t", 0, Double.POSITIVE_INFINITY), "Infinity");
  }

  private static void refuses(Executable making, String expected) {
    String message = assertThrows(IllegalArgumentException.class, making).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
