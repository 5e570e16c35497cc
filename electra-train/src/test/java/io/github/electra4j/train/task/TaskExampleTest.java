package io.github.electra4j.train.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TaskExampleTest {
  private static TaskExample example(long id, double target, int... inputIds) {
    return new TaskExample(id, inputIds, new int[inputIds.length], target);
  }

  @Test
  void examplesAreEqualWhenTheirNumbersAre() {
    TaskExample example = example(3, 1, 101, 7, 102);
    assertEquals(example, example(3, 1, 101, 7, 102));
    assertEquals(example.hashCode(), example(3, 1, 101, 7, 102).hashCode());
    assertNotEquals(example, example(4, 1, 101, 7, 102));
    assertNotEquals(example, example(3, 0.5, 101, 7, 102));
    assertNotEquals(example, example(3, 1, 101, 8, 102));
    assertNotEquals(example, new TaskExample(3, new int[] {101, 7, 102}, new int[] {0, 0, 1}, 1));
    assertEquals(3, example.length());
    assertEquals(
        "TaskExample[id=3, inputIds=[101, 7, 102], tokenTypeIds=[0, 0, 0], target=1.0]",
        example.toString());
  }

  @Test
  void impossibleExamplesAreRefused() {
    assertRefused("id is -1", () -> example(-1, 0, 101));
    assertRefused("0 input ids", () -> example(0, 0));
    assertRefused("target NaN", () -> example(0, Double.NaN, 101));
    assertRefused("target -0.5", () -> example(0, -0.5, 101));
    assertRefused("target Infinity", () -> example(0, Double.POSITIVE_INFINITY, 101));
    assertRefused(
        "2 input ids and 1 token type ids",
        () -> new TaskExample(0, new int[] {1, 2}, new int[] {0}, 0));
  }

  @Test
  void impossibleTextsAreRefused() {
    assertRefused("id is -1", () -> new TextExample(-1, "a", "", "0"));
    assertThrows(NullPointerException.class, () -> new TextExample(0, null, "", "0"));
    assertThrows(NullPointerException.class, () -> new TextExample(0, "a", null, "0"));
    assertThrows(NullPointerException.class, () -> new TextExample(0, "a", "", null));
  }

  private static void assertRefused(String message, Runnable construct) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, construct::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
