package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.masking.CorruptedBatch;
import org.junit.jupiter.api.Test;

class DetectionCountsTest {
  @Test
  void paddingDoesNotCountAndALogitOfZeroMeansOriginal() {
    CorruptedBatch corrupted =
        new CorruptedBatch(
            new TokenBatch(new int[1][6], new int[][] {{1, 1, 1, 1, 1, 0}}, new int[1][6]),
            new int[1][6],
            new int[][] {{0, 1, 1, 0, 0, 0}});
    DetectionCounts counts =
        DetectionCounts.of(
            new PretrainOutcome.Detection(corrupted, 1, new double[][] {{-1, 2, -1, 1, 0, 9}}));
    assertEquals(new DetectionCounts(5, 3, 2, 2, 1), counts);
    assertEquals(0.6, counts.accuracy());
    assertEquals(0.5, counts.precision());
    assertEquals(0.5, counts.recall());
    assertEquals(new DetectionCounts(10, 6, 4, 4, 2), counts.plus(counts));
    assertEquals(0, DetectionCounts.none().recall());
  }
}
