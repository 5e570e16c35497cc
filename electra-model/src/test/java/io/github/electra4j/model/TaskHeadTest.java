package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    TaskHead.Cases<String> cases =
        new TaskHead.Cases<>() {
          @Override
          public String classification(TaskHead.Classification head) {
            return "labels " + head.labels();
          }

          @Override
          public String regression(TaskHead.Regression head) {
            return "up to " + head.maximum();
          }
        };
    assertEquals("labels [a, b]", new TaskHead.Classification("t", List.of("a", "b")).match(cases));
    assertEquals("up to 5.0", new TaskHead.Regression("t", 0, 5).match(cases));
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
