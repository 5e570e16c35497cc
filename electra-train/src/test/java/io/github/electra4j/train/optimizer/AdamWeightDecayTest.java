package io.github.electra4j.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdamWeightDecayTest {
  private static final LayerwiseDecay FLAT = new LayerwiseDecay(1, 1);

  /** Three updates that google-research/electra computed. */
  @Test
  void theOriginalsUpdates() {
    Map<String, INDArray> values = new LinkedHashMap<>();
    values.put("a/kernel", Nd4j.createFromArray(1f, -2f));
    values.put("a/bias", Nd4j.createFromArray(1f, -2f));
    AdamWeightDecay optimizer = new AdamWeightDecay(values, FLAT, 0.01);
    INDArray gradient = Nd4j.createFromArray(0.1f, -0.3f);
    double[][] kernels = {
      {0.68287218, -1.68180561}, {0.25732508, -1.25519633}, {-0.23786530, -0.75894773}
    };
    double[][] biases = {
      {0.68387222, -1.68380558}, {0.25900802, -1.25887811}, {-0.23592508, -0.76388466}
    };
    for (int step = 0; step < 3; step++) {
      optimizer.step(Map.of("a/kernel", gradient, "a/bias", gradient), 0.1f, 1f);
      assertArrayEquals(kernels[step], values.get("a/kernel").toDoubleVector(), 1e-6);
      assertArrayEquals(biases[step], values.get("a/bias").toDoubleVector(), 1e-6);
    }
  }

  @Test
  void tablesDecayButNormalisationDoesNot() {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (String name :
        List.of("e/word_embeddings", "l/LayerNorm/gamma", "l/LayerNorm/beta", "output_bias")) {
      values.put(name, Nd4j.createFromArray(1f));
    }
    AdamWeightDecay optimizer = new AdamWeightDecay(values, FLAT, 0.5);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    values.keySet().forEach(name -> gradients.put(name, Nd4j.createFromArray(0f)));
    optimizer.step(gradients, 0.1f, 1f);
    assertEquals(0.95f, values.get("e/word_embeddings").getFloat(0));
    assertEquals(1f, values.get("l/LayerNorm/gamma").getFloat(0));
    assertEquals(1f, values.get("l/LayerNorm/beta").getFloat(0));
    assertEquals(1f, values.get("output_bias").getFloat(0));
  }

  @Test
  void restoredMomentsContinueToTheBit() {
    Random random = new Random(5);
    float[] start = floats(random, 20_000);
    INDArray one = Nd4j.createFromArray(start);
    AdamWeightDecay first = new AdamWeightDecay(Map.of("k", one), FLAT, 0.01);
    INDArray gradient = Nd4j.createFromArray(floats(random, 20_000));
    first.step(Map.of("k", gradient), 1e-3f, 0.7f);

    INDArray other = one.dup();
    AdamWeightDecay second = new AdamWeightDecay(Map.of("k", other), FLAT, 0.01);
    second.restore(first.slots());
    first.step(Map.of("k", gradient), 1e-3f, 0.7f);
    second.step(Map.of("k", gradient), 1e-3f, 0.7f);
    assertArrayEquals(one.toFloatVector(), other.toFloatVector(), 0f);
  }

  @Test
  void missingGradientsAndSlotsAreNamed() {
    AdamWeightDecay optimizer =
        new AdamWeightDecay(Map.of("k", Nd4j.createFromArray(1f)), FLAT, 0.01);
    assertNamed("k", () -> optimizer.step(Map.of(), 1f, 1f));
    assertNamed("k/adam_m", () -> optimizer.restore(Map.of()));
    assertNamed("-1.0", () -> new AdamWeightDecay(Map.of("k", Nd4j.createFromArray(1f)), FLAT, -1));
  }

  @Test
  void theNormIsTheSameForAnyNumberOfBlocks() {
    float[] values = floats(new Random(3), 100_000);
    double expected = 0;
    for (float value : values) {
      expected += (double) value * value;
    }
    double norm = GlobalNorm.of(List.of(Nd4j.createFromArray(values), Nd4j.createFromArray(3f)));
    assertEquals(Math.sqrt(expected + 9), norm, 1e-9);
    assertEquals(1f, GlobalNorm.scale(0.5, 1));
    assertEquals(0.25f, GlobalNorm.scale(4, 1));
    assertTrue(Float.isNaN(GlobalNorm.scale(Double.POSITIVE_INFINITY, 1)));
  }

  private static void assertNamed(String name, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(name), message);
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
