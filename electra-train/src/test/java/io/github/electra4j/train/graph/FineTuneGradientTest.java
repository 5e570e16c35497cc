package io.github.electra4j.train.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.LabelledBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finite differences in double precision through encoder, head and loss, dropout included. */
class FineTuneGradientTest {
  private static final double STEP = 1e-5;
  private static final int SAMPLES = 4;

  @Test
  void classification() {
    check(new TaskHead.Classification("t", List.of("a", "b", "c")), 2, 0, 1);
  }

  @Test
  void regression() {
    check(new TaskHead.Regression("t", 0, 5), 0.4, 1, 0.1);
  }

  private static void check(TaskHead head, double... targets) {
    ElectraConfig config =
        new ElectraConfig(
            9, 16, 8, 2, 0.02, new EncoderConfig(32, 1, 2, 24, 0.1, 0.1), Optional.empty(), false);
    WeightMap start =
        WeightMap.initialise(Checkpoint.layout(config, List.of(head)), 0.3, 4)
            .castTo(DataType.DOUBLE);
    Map<String, INDArray> weights = start.copy();
    LabelledBatch batch =
        new LabelledBatch(
            new TokenBatch(
                new int[][] {{1, 5, 5, 2}, {1, 7, 2, 0}, {1, 2, 0, 0}},
                new int[][] {{1, 1, 1, 1}, {1, 1, 1, 0}, {1, 1, 0, 0}},
                new int[][] {{0, 0, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}}),
            targets);
    Random random = new Random(8);
    try (FineTuneGraph graph = new FineTuneGraph(config, head, 0.2, weights)) {
      Map<String, INDArray> gradients = graph.step(batch, 77, FineTuneGradientTest::copies);
      for (String name : weights.keySet()) {
        INDArray weight = weights.get(name);
        for (int sample = 0; sample < SAMPLES; sample++) {
          long at = random.nextInt((int) weight.length());
          double numeric =
              (loss(graph, batch, weight, at, STEP) - loss(graph, batch, weight, at, -STEP))
                  / (2 * STEP);
          assertEquals(
              numeric,
              gradients.get(name).getDouble(at),
              1e-6 * Math.max(1, Math.abs(numeric)),
              name + "[" + at + "]");
        }
      }
    }
  }

  private static Map<String, INDArray> copies(FineTuneGraph.Outcome outcome) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    outcome.gradients().forEach((name, gradient) -> copies.put(name, gradient.dup()));
    return copies;
  }

  private static double loss(
      FineTuneGraph graph, LabelledBatch batch, INDArray weight, long at, double step) {
    double value = weight.getDouble(at);
    weight.putScalar(at, value + step);
    double loss = graph.step(batch, 77, FineTuneGraph.Outcome::loss);
    weight.putScalar(at, value);
    return loss;
  }
}
