package io.github.electra4j.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExampleOrderTest {
  private static final int[] LENGTHS = new Random(1).ints(1003, 3, 60).toArray();

  @Test
  void everyEpochHasEveryExampleOnce() {
    ExampleOrder order = new ExampleOrder(LENGTHS, 8, 7);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] seen = epoch(order, epoch);
      Arrays.sort(seen);
      assertArrayEquals(IntStream.range(0, LENGTHS.length).toArray(), seen);
    }
    assertEquals(126, order.stepsPerEpoch());
  }

  @Test
  void epochsAndSeedsDiffer() {
    ExampleOrder order = new ExampleOrder(LENGTHS, 8, 7);
    int[] first = epoch(order, 0);
    assertFalse(Arrays.equals(first, epoch(order, 1)));
    assertFalse(Arrays.equals(first, epoch(new ExampleOrder(LENGTHS, 8, 8), 0)));
  }

  @Test
  void theBatchOfAStepDoesNotDependOnWhatWasAskedBefore() {
    ExampleOrder order = new ExampleOrder(LENGTHS, 8, 7);
    int[] late = new ExampleOrder(LENGTHS, 8, 7).batch(300);
    for (int step = 0; step < 300; step++) {
      order.batch(step);
    }
    assertArrayEquals(late, order.batch(300));
  }

  @Test
  void similarLengthsShareABatch() {
    ExampleOrder order = new ExampleOrder(LENGTHS, 8, 7);
    double padded = 0;
    for (int step = 0; step < order.stepsPerEpoch(); step++) {
      int[] batch = order.batch(step);
      padded += batch.length * Arrays.stream(batch).map(i -> LENGTHS[i]).max().orElseThrow();
    }
    assertTrue(padded < 1.2 * Arrays.stream(LENGTHS).sum(), "padded tokens: " + padded);
  }

  @Test
  void nothingToOrderIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ExampleOrder(new int[0], 8, 0));
    assertThrows(IllegalArgumentException.class, () -> new ExampleOrder(LENGTHS, 0, 0));
  }

  private static int[] epoch(ExampleOrder order, int epoch) {
    long steps = order.stepsPerEpoch();
    IntStream.Builder all = IntStream.builder();
    for (long step = epoch * steps; step < (epoch + 1) * steps; step++) {
      Arrays.stream(order.batch(step)).forEach(all::add);
    }
    return all.build().toArray();
  }
}
