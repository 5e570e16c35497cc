package io.github.electra4j.train.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One step of the smallest network, against numbers that the original computed. */
class PretrainGraphGoldenTest {
  private static final PretrainObjective ELECTRA =
      PretrainObjective.of(PretrainObjective.Kind.ELECTRA);

  /** Norms of the gradients that were recorded. */
  private static final Map<String, Double> NORMS =
      Map.of(
          "discriminator_predictions/dense_1/kernel",
          6.2353234,
          "electra/embeddings/word_embeddings",
          23.681295,
          "electra/embeddings/LayerNorm/gamma",
          9.745478,
          "generator/embeddings_project/kernel",
          81.66863,
          "generator_predictions/output_bias",
          0.42538232,
          "electra/encoder/layer_0/attention/self/query/kernel",
          0.017751595);

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void lossesAndGradientsAreThoseOfTheOriginal(DataType type) {
    try (PretrainGraph graph =
        PretrainGraph.training(SmallestNetwork.CONFIG, ELECTRA, SmallestNetwork.weights(type))) {
      graph.run(
          PretrainGraph.Input.whole(SmallestNetwork.batch(), 0),
          SmallestNetwork.samples(),
          outcome -> {
            assertEquals(4.5035863, outcome.generatorLoss(), 1e-5);
            assertEquals(0.65381366, outcome.detection().orElseThrow().loss(), 1e-6);
            assertEquals(37.194267, outcome.loss(), 1e-4);
            double squares = 0;
            for (INDArray gradient : outcome.gradients().values()) {
              double norm = gradient.norm2Number().doubleValue();
              squares += norm * norm;
            }
            assertEquals(82, outcome.gradients().size());
            assertEquals(217.3168, Math.sqrt(squares), 2e-3);
            NORMS.forEach(
                (name, norm) ->
                    assertEquals(
                        norm,
                        outcome.gradients().get(name).norm2Number().doubleValue(),
                        1e-5 * Math.max(1, norm),
                        name));
            return null;
          });
    }
  }

  @Test
  void theDiscriminatorReadsTheSamplesAndAnswersAsTheOriginal() {
    double[][] expected = {
      {0.556603, 0.5081956, 0.4480889, 0.4584273, 0.2902096, 0.2905196},
      {0.5600705, 0.4264292, 0.5807865, 0.4648665, 0.4441747, 0.4482806}
    };
    try (PretrainGraph graph =
        PretrainGraph.evaluating(
            SmallestNetwork.CONFIG, ELECTRA, SmallestNetwork.weights(DataType.FLOAT))) {
      graph.run(
          PretrainGraph.Input.whole(SmallestNetwork.batch(), 0),
          SmallestNetwork.samples(),
          outcome -> {
            PretrainOutcome.Detection detection = outcome.detection().orElseThrow();
            assertArrayEquals(
                new int[][] {{2, 7, 9, 20, 3, 0}, {2, 5, 30, 3, 21, 3}},
                detection.corrupted().tokens().inputIds());
            assertArrayEquals(
                new int[][] {{0, 0, 0, 1, 0, 0}, {0, 0, 1, 0, 1, 0}},
                detection.corrupted().labels());
            for (int row = 0; row < 2; row++) {
              for (int at = 0; at < 6; at++) {
                double probability = 1 / (1 + Math.exp(-detection.logits()[row][at]));
                assertEquals(expected[row][at], probability, 1e-6);
              }
            }
            double[] logits = new double[32];
            outcome.slotLogits().read(0, 0, logits);
            assertEquals(-0.0416393, logits[0], 1e-5);
            assertEquals(-1.2912321, logits[5], 1e-5);
            assertEquals(0, outcome.gradients().size());
            return null;
          });
    }
  }
}
