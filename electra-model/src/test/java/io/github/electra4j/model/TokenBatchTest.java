package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBatchTest {
  @Test
  void shorterSequencesArePaddedOnTheRight() {
    TokenBatch batch =
        TokenBatch.padded(
            List.of(new int[] {5, 6, 7}, new int[] {8}),
            List.of(new int[] {0, 0, 1}, new int[] {1}),
            4);
    assertArrayEquals(new int[][] {{5, 6, 7, 0}, {8, 0, 0, 0}}, batch.inputIds());
    assertArrayEquals(new int[][] {{1, 1, 1, 0}, {1, 0, 0, 0}}, batch.attentionMask());
    assertArrayEquals(new int[][] {{0, 0, 1, 0}, {1, 0, 0, 0}}, batch.tokenTypeIds());
  }

  @Test
  void aSequenceThatIsTooLongIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TokenBatch.padded(List.of(new int[5]), List.of(new int[5]), 4));
  }

  @Test
  void raggedArraysAreRefused() {
    int[][] ids = {{1, 2}, {3}};
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new TokenBatch(ids, ids, ids));
    assertTrue(error.getMessage().contains("inputIds[1] has 1 columns"), error.getMessage());
  }

  @Test
  void aMaskHoldsOnlyZeroAndOne() {
    int[][] ids = {{1, 2}};
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new TokenBatch(ids, new int[][] {{1, 2}}, ids));
    assertTrue(error.getMessage().contains("attentionMask[0][1] is 2"), error.getMessage());
  }

  @Test
  void anEmptyBatchIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TokenBatch(new int[0][], new int[0][], new int[0][]));
  }
}
