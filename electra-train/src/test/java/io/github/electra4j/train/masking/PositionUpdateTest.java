package io.github.electra4j.train.masking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.TokenBatch;
import org.junit.jupiter.api.Test;

class PositionUpdateTest {
  @Test
  void conflictingUpdatesGiveTheFloorOfTheirMean() {
    PositionUpdate update =
        PositionUpdate.of(new int[] {1, 2, 3, 4}, new int[] {2, 1, 2, 2}, new int[] {7, 9, 8, 8});
    assertArrayEquals(new int[] {1, 9, 7, 4}, update.ids());
    assertArrayEquals(new int[] {0, 1, 1, 0}, update.updated());
  }

  @Test
  void positionZeroIsNeverUpdated() {
    PositionUpdate update = PositionUpdate.of(new int[] {1, 2}, new int[] {0, 0}, new int[] {7, 9});
    assertArrayEquals(new int[] {1, 2}, update.ids());
    assertArrayEquals(new int[] {0, 0}, update.updated());
  }

  @Test
  void aPositionOutsideTheRowIsNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PositionUpdate.of(new int[] {1, 2}, new int[] {2}, new int[] {7}));
    assertEquals("positions[0] is 2; the row has 2 tokens", e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> PositionUpdate.of(new int[] {1, 2}, new int[] {1}, new int[] {7, 8}));
  }

  @Test
  void aSampleEqualToTheOriginalIsOriginalExceptForElectric() {
    TokenBatch text = TokenBatch.of(2, 7, 9, 11, 3);
    MaskedBatch batch =
        new MaskedBatch(
            text,
            new int[][] {{2, 4, 9, 4, 3}},
            new int[][] {{0, 1, 1, 1, 0}},
            new int[][] {{1, 3, 0}},
            new int[][] {{7, 11, 0}},
            new float[][] {{1, 1, 0}},
            new long[] {1});
    int[][] samples = {{7, 12, 25}};
    CorruptedBatch electra = CorruptedBatch.of(batch, samples, false);
    assertArrayEquals(new int[] {2, 7, 9, 12, 3}, electra.tokens().inputIds()[0]);
    assertArrayEquals(new int[] {0, 1, 0, 1, 0}, electra.updated()[0]);
    assertArrayEquals(new int[] {0, 0, 0, 1, 0}, electra.labels()[0]);
    CorruptedBatch electric = CorruptedBatch.of(batch, samples, true);
    assertArrayEquals(new int[] {0, 1, 0, 1, 0}, electric.labels()[0]);
  }
}
