package io.github.electra4j.train.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledBatchTest {
  private static TaskExample example(int length) {
    return TaskExample.of(0, "t", new int[length], new int[length], new TaskTarget.Label(1));
  }

  @Test
  void lengthsAreRoundedUpButNotBeyondTheModel() {
    assertEquals(16, LabelledBatch.of(List.of(example(3), example(9)), 128).tokens().seq());
    assertEquals(16, LabelledBatch.of(List.of(example(16)), 128).tokens().seq());
    assertEquals(12, LabelledBatch.of(List.of(example(11)), 12).tokens().seq());
    LabelledBatch exact = LabelledBatch.padded(List.of(example(2), example(3)), 4);
    assertArrayEquals(new int[] {1, 1, 0, 0}, exact.tokens().attentionMask()[0]);
    assertEquals(List.of(new TaskTarget.Label(1), new TaskTarget.Label(1)), exact.targets());
    assertEquals(List.of("t", "t"), exact.tasks());
  }

  @Test
  void everySequenceNeedsATarget() {
    TokenBatch tokens = TokenBatch.of(1, 2, 3);
    TaskTarget label = new TaskTarget.Label(0);
    assertThrows(
        IllegalArgumentException.class, () -> LabelledBatch.of("t", tokens, List.of(label, label)));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelledBatch.of("t", tokens, List.of(new TaskTarget.Choice(2, 0))));
    assertThrows(
        IllegalArgumentException.class, () -> new LabelledBatch(tokens, List.of(), List.of(label)));
  }

  @Test
  void candidatesAreRowsOfTheirOwn() {
    TaskExample choice =
        new TaskExample(
            0,
            "c",
            List.of(
                new TokenSequence(new int[] {1, 2}, new int[2]),
                new TokenSequence(new int[] {1, 3, 4}, new int[] {0, 1, 1})),
            new TaskTarget.Choice(2, 1));
    LabelledBatch batch = LabelledBatch.padded(List.of(example(3), choice), 4);
    assertEquals(3, batch.tokens().batch());
    assertEquals(2, batch.examples());
    assertArrayEquals(new int[] {1, 3, 4, 0}, batch.tokens().inputIds()[2]);
    assertArrayEquals(new int[] {0, 1, 1, 0}, batch.tokens().tokenTypeIds()[2]);
  }
}
