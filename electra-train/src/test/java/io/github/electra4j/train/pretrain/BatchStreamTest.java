package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.electra4j.train.masking.MaskedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BatchStreamTest {
  private static final ExampleSource TEXT = ExampleSource.of(TinyText.text(0, 10));

  private static BatchStream stream(int batch, int micro) {
    PretrainConfig choices = TinyText.CHOICES.withBatch(batch, micro);
    return new BatchStream(TEXT, choices, TinyText.SPECIAL, 0, 0);
  }

  private static List<int[]> rows(List<MaskedBatch> parts) {
    List<int[]> rows = new ArrayList<>();
    parts.forEach(part -> rows.addAll(Arrays.asList(part.inputIds())));
    return rows;
  }

  @Test
  void everyExampleIsSeenOncePerEpochInAnotherOrder() throws IOException {
    BatchStream stream = stream(4, 4);
    List<int[]> texts = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      stream.at(step).forEach(p -> texts.addAll(Arrays.asList(p.original().inputIds())));
    }
    List<List<String>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      List<String> seen =
          texts.subList(10 * epoch, 10 * epoch + 10).stream().map(Arrays::toString).toList();
      TreeMap<String, Integer> counts = new TreeMap<>();
      seen.forEach(text -> counts.merge(text, 1, Integer::sum));
      assertEquals(10, counts.size());
      epochs.add(seen);
    }
    assertFalse(epochs.get(0).equals(epochs.get(1)));
  }

  @Test
  void theSizeOfThePartsChangesNothing() throws IOException {
    List<MaskedBatch> parts = stream(6, 4).at(3);
    assertEquals(2, parts.size());
    assertEquals(2, parts.get(1).batch());
    assertArrayEquals(
        rows(stream(6, 6).at(3)).toArray(int[][]::new), rows(parts).toArray(int[][]::new));
  }

  @Test
  void aStepDependsOnNothingBeforeIt() throws IOException {
    BatchStream used = stream(4, 4);
    for (int step = 0; step < 7; step++) {
      used.at(step);
    }
    assertArrayEquals(
        rows(stream(4, 4).at(2)).toArray(int[][]::new), rows(used.at(2)).toArray(int[][]::new));
  }

  @Test
  void theSameTextIsMaskedAnewInEveryEpoch() throws IOException {
    ExampleSource one = ExampleSource.of(TinyText.text(0, 1));
    PretrainConfig choices = TinyText.CHOICES.withBatch(1, 1);
    BatchStream stream = new BatchStream(one, choices, TinyText.SPECIAL, 0, 0);
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (int step = 0; step < 20; step++) {
      counts.merge(Arrays.toString(stream.at(step).get(0).maskedPositions()[0]), 1, Integer::sum);
    }
    assertFalse(counts.size() < 4, counts.toString());
  }
}
