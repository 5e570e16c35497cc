package io.github.electra4j.train.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TaskExampleTest {
  private static TaskExample example(long id, double target, int... inputIds) {
    return TaskExample.of(
        id, "t", inputIds, new int[inputIds.length], new TaskTarget.Score(target));
  }

  @Test
  void examplesAreEqualWhenTheirNumbersAre() {
    TaskExample example = example(3, 1, 101, 7, 102);
    assertEquals(example, example(3, 1, 101, 7, 102));
    assertEquals(example.hashCode(), example(3, 1, 101, 7, 102).hashCode());
    assertNotEquals(example, example(4, 1, 101, 7, 102));
    assertNotEquals(example, example(3, 0.5, 101, 7, 102));
    assertNotEquals(example, example(3, 1, 101, 8, 102));
    int[] ids = {101, 7, 102};
    assertNotEquals(
        example, TaskExample.of(3, "t", ids, new int[] {0, 0, 1}, new TaskTarget.Score(1)));
    assertNotEquals(example, TaskExample.of(3, "u", ids, new int[3], new TaskTarget.Score(1)));
    assertEquals(3, example.length());
    assertEquals(
        "TaskExample[id=3, task=t, sequences=[TokenSequence[inputIds=[101, 7, 102], tokenTypeIds=[0, 0, 0]]], target=Score[value=1.0]]",
        example.toString());
  }

  @Test
  void impossibleExamplesAreRefused() {
    assertRefused("id is -1", () -> example(-1, 0, 101));
    assertRefused("0 input ids", () -> example(0, 0));
    assertRefused(
        "2 input ids and 1 token type ids",
        () -> new TokenSequence(new int[] {1, 2}, new int[] {0}));
    assertRefused(
        "has 1 sequences", () -> example(0, 0, 1).withTarget(new TaskTarget.Choice(2, 0)));
  }

  @Test
  void impossibleTargetsAreRefused() {
    assertRefused("score is NaN", () -> new TaskTarget.Score(Double.NaN));
    assertRefused("score is -0.5", () -> new TaskTarget.Score(-0.5));
    assertRefused("score is Infinity", () -> new TaskTarget.Score(Double.POSITIVE_INFINITY));
    assertRefused("label index is -1", () -> new TaskTarget.Label(-1));
    assertRefused("1 labels for 2 words", () -> new TaskTarget.Tags(new int[2], new int[1]));
    assertRefused("start is -1", () -> new TaskTarget.Span(-1, 0, false));
    assertRefused("end is 2", () -> new TaskTarget.Span(3, 2, false));
    assertRefused("right is 2", () -> new TaskTarget.Choice(2, 2));
    TaskTarget.Tags tags = new TaskTarget.Tags(new int[] {1}, new int[] {0});
    assertRefused("intent is -1", () -> new TaskTarget.IntentAndTags(-1, tags));
    assertEquals(tags, new TaskTarget.Tags(new int[] {1}, new int[] {0}));
    assertEquals(tags.hashCode(), new TaskTarget.Tags(new int[] {1}, new int[] {0}).hashCode());
    assertNotEquals(tags, new TaskTarget.Tags(new int[] {2}, new int[] {0}));
    assertEquals("Tags[positions=[1], labels=[0]]", tags.toString());
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
