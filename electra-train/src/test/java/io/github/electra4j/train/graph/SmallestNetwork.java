package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network whose weights follow from a formula and whose losses and gradients were computed once
 * by the original implementation.
 */
public final class SmallestNetwork {
  /** Vocabulary 32, embeddings of 6, two layers of 8 and of 4. */
  public static final ElectraConfig CONFIG =
      new ElectraConfig(
          32,
          6,
          16,
          2,
          0.02,
          new EncoderConfig(8, 2, 2, 32, 0, 0),
          Optional.of(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(4, 2, 1, 16, 0, 0), false)),
          true);

  private SmallestNetwork() {}

  /** Weights by the formula of the recording, rounded to single precision. */
  public static Map<String, INDArray> weights(DataType type) {
    List<String> names = TensorLayout.of(CONFIG).stream().map(TensorSpec::name).sorted().toList();
    Map<String, INDArray> weights = new LinkedHashMap<>();
    for (TensorSpec spec : TensorLayout.of(CONFIG)) {
      int j = names.indexOf(spec.name());
      float[] values = new float[(int) spec.elements()];
      for (int k = 0; k < values.length; k++) {
        values[k] = (float) value(spec.name(), Math.sin(0.37 * k + 1.3 * j + 0.1));
      }
      weights.put(spec.name(), Nd4j.createFromArray(values).reshape(spec.shape()).castTo(type));
    }
    return weights;
  }

  private static double value(String name, double s) {
    if (name.endsWith("gamma")) {
      return 1 + 0.1 * s;
    }
    return name.endsWith("beta") || name.endsWith("bias") ? 0.1 * s : 0.5 * s;
  }

  /** Two examples of six tokens with three slots each; {@code [MASK]} is 4. */
  public static MaskedBatch batch() {
    return new MaskedBatch(
        new TokenBatch(
            new int[][] {{2, 7, 9, 11, 3, 0}, {2, 5, 6, 3, 8, 3}},
            new int[][] {{1, 1, 1, 1, 1, 0}, {1, 1, 1, 1, 1, 1}},
            new int[][] {{0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 1, 1}}),
        new int[][] {{2, 4, 9, 11, 3, 0}, {2, 4, 6, 3, 4, 3}},
        new int[][] {{0, 1, 1, 1, 0, 0}, {0, 1, 1, 0, 1, 0}},
        new int[][] {{1, 3, 0}, {4, 1, 2}},
        new int[][] {{7, 11, 0}, {8, 5, 6}},
        new float[][] {{1, 1, 0}, {1, 1, 1}},
        new long[] {5, 6});
  }

  /**
   * The same without padding. ND4J's softmax of DOUBLE is NaN where all scores are −10000, as they
   * are for padding in a causal tower.
   */
  static MaskedBatch fullBatch() {
    MaskedBatch padded = batch();
    TokenBatch text = padded.original();
    return new MaskedBatch(
        new TokenBatch(
            text.inputIds(),
            new int[][] {{1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1}},
            text.tokenTypeIds()),
        padded.inputIds(),
        padded.candidates(),
        padded.maskedPositions(),
        padded.maskedIds(),
        padded.maskedWeights(),
        padded.drawSeeds());
  }

  /** The replacements of the recording. */
  public static Replacements samples() {
    return (logits, batch) -> new int[][] {{7, 20, 9}, {21, 5, 30}};
  }
}
