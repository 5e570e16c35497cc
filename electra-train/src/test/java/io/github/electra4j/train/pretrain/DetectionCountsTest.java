package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.masking.CorruptedBatch;
import org.junit.jupiter.api.Test;

class DetectionCountsTest {
  @Test
  void whatIsNotJudgedDoesNotCountAndALogitOfZeroMeansOriginal() {
    int[][] judged = {{1, 1, 1, 1, 1, 0}};
    CorruptedBatch corrupted =
        new CorruptedBatch(
            new TokenBatch(new int[1][6], judged, new int[1][6]),
            new int[1][6],
            new int[][] {{0, 1, 1, 0, 0, 0}});
    double[][] logits = {{-1, 2, -1, 1, 0, 9}};
    DetectionCounts counts =
        DetectionCounts.of(new PretrainOutcome.Detection(corrupted, judged, 1, logits));
    assertEquals(new DetectionCounts(5, 3, 2, 2, 1), counts);
    assertEquals(0.6, counts.accuracy());
    assertEquals(0.5, counts.precision());
    assertEquals(0.5, counts.recall());
    assertEquals(new DetectionCounts(10, 6, 4, 4, 2), counts.plus(counts));
    assertEquals(0, DetectionCounts.none().recall());
    int[][] chosen = {{0, 1, 1, 0, 0, 0}};
    assertEquals(
        new DetectionCounts(2, 1, 2, 1, 1),
        DetectionCounts.of(new PretrainOutcome.Detection(corrupted, chosen, 1, logits)));
  }
}
