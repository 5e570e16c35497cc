package io.github.electra4j.train.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledBatchTest {
  private static TaskExample example(int length) {
    return new TaskExample(0, new int[length], new int[length], 1);
  }

  @Test
  void lengthsAreRoundedUpButNotBeyondTheModel() {
    assertEquals(16, LabelledBatch.of(List.of(example(3), example(9)), 128).tokens().seq());
    assertEquals(16, LabelledBatch.of(List.of(example(16)), 128).tokens().seq());
    assertEquals(12, LabelledBatch.of(List.of(example(11)), 12).tokens().seq());
    LabelledBatch exact = LabelledBatch.padded(List.of(example(2), example(3)), 4);
    assertArrayEquals(new int[] {1, 1, 0, 0}, exact.tokens().attentionMask()[0]);
    assertArrayEquals(new double[] {1, 1}, exact.targets());
  }

  @Test
  void everySequenceNeedsATarget() {
    TokenBatch tokens = TokenBatch.of(1, 2, 3);
    assertThrows(
        IllegalArgumentException.class, () -> new LabelledBatch(tokens, new double[] {1, 2}));
  }
}
