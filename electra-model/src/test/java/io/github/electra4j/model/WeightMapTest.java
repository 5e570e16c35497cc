package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TensorSpec.Initializer;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightMapTest {
  private static final TensorSpec KERNEL =
      TensorSpec.trainable("a/kernel", Initializer.TRUNCATED_NORMAL, 16, 8);
  private static final TensorSpec BIAS = TensorSpec.trainable("a/bias", Initializer.ZEROS, 8);
  private static final List<TensorSpec> LAYOUT = List.of(KERNEL, BIAS);

  @Test
  void allProblemsAreReportedTogether() {
    Map<String, INDArray> found = new LinkedHashMap<>();
    found.put("a/kernel", Nd4j.zeros(DataType.FLOAT, 8, 16));
    found.put("b/kernel", Nd4j.zeros(DataType.FLOAT, 2));
    found.put("a/kernel/adam_m", Nd4j.zeros(DataType.FLOAT, 16, 8));
    MalformedFileException e =
        assertThrows(
            MalformedFileException.class, () -> WeightMap.of(LAYOUT, found, "model.ckpt-7"));
    assertEquals(
        """
        model.ckpt-7 does not fit this config, 3 tensor(s):
          wrong shape a/kernel [8, 16], config wants [16, 8]
          missing     a/bias [8]
          unexpected  b/kernel [2]
        Check that the config belongs to this checkpoint (small, base and large differ).""",
        e.getMessage());
    assertEquals("model.ckpt-7", e.file());
  }

  @Test
  void wholeNumbersAreNoWeights() {
    Map<String, INDArray> found =
        Map.of(
            "a/kernel", Nd4j.zeros(DataType.FLOAT, 16, 8), "a/bias", Nd4j.zeros(DataType.INT32, 8));
    MalformedFileException e =
        assertThrows(MalformedFileException.class, () -> WeightMap.of(LAYOUT, found, "x"));
    assertTrue(e.getMessage().contains("wrong type  a/bias INT"), e.getMessage());
  }

  @Test
  void theOrderIsThatOfTheLayout() throws MalformedFileException {
    Map<String, INDArray> found = new LinkedHashMap<>();
    found.put("a/bias", Nd4j.zeros(DataType.FLOAT, 8));
    found.put("global_step", Nd4j.scalar(5L));
    found.put("a/kernel", Nd4j.zeros(DataType.FLOAT, 16, 8));
    WeightMap weights = WeightMap.of(LAYOUT, found, "x");
    assertEquals(List.of("a/kernel", "a/bias"), List.copyOf(weights.names()));
    assertEquals(136, weights.parameterCount());
    assertEquals(LAYOUT, weights.layout());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    WeightMap weights = WeightMap.initialise(LAYOUT, 0.02, 1);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> weights.get("a/kernal"));
    assertTrue(e.getMessage().contains("a/kernel"), e.getMessage());
  }

  @Test
  void subsetsAndUnionsShareTheArrays() {
    WeightMap weights = WeightMap.initialise(LAYOUT, 0.02, 1);
    WeightMap bias = weights.subset(List.of(BIAS));
    assertEquals(1, bias.names().size());
    assertSame(weights.get("a/bias"), bias.get("a/bias"));
    assertEquals(2, bias.plus(weights.subset(List.of(KERNEL))).names().size());
    assertEquals(2, weights.plus(WeightMap.empty()).names().size());
    assertThrows(IllegalArgumentException.class, () -> bias.plus(weights));
    assertThrows(IllegalArgumentException.class, () -> bias.subset(LAYOUT));
  }

  @Test
  void replacementsMustFit() {
    WeightMap weights = WeightMap.initialise(LAYOUT, 0.02, 1);
    INDArray bias = Nd4j.ones(DataType.FLOAT, 8);
    WeightMap replaced = weights.with(Map.of("a/bias", bias));
    assertSame(bias, replaced.get("a/bias"));
    assertSame(weights.get("a/kernel"), replaced.get("a/kernel"));
    assertThrows(
        IllegalArgumentException.class,
        () -> weights.with(Map.of("c", Nd4j.ones(DataType.FLOAT, 8))));
  }

  @Test
  void copiesAreIndependentAndTypesConvert() {
    WeightMap weights = WeightMap.initialise(LAYOUT, 0.02, 1);
    weights.copy().get("a/bias").addi(1);
    assertEquals(0, weights.get("a/bias").sumNumber().doubleValue());
    WeightMap doubles = weights.castTo(DataType.DOUBLE);
    assertEquals(DataType.DOUBLE, doubles.get("a/kernel").dataType());
    assertThrows(IllegalArgumentException.class, () -> weights.castTo(DataType.INT32));
  }

  @Test
  void numbersThatAreNotFiniteAreFound() throws MalformedFileException {
    WeightMap weights = WeightMap.initialise(LAYOUT, 0.02, 1);
    assertSame(weights, weights.requireFinite("x"));
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      INDArray bias = Nd4j.create(new float[] {0, bad, 0, 0, 0, bad, 0, 0});
      MalformedFileException e =
          assertThrows(
              MalformedFileException.class,
              () -> weights.with(Map.of("a/bias", bias)).requireFinite("run 5"));
      assertTrue(e.getMessage().contains("a/bias has 2 of 8"), e.getMessage());
    }
  }

  @Test
  void theSeedAndTheNameAloneDecideANewTensor() {
    WeightMap first = WeightMap.initialise(LAYOUT, 0.02, 42);
    Nd4j.getRandom().setSeed(7);
    TensorSpec other = TensorSpec.trainable("0/kernel", Initializer.TRUNCATED_NORMAL, 16, 8);
    WeightMap second = WeightMap.initialise(List.of(other, KERNEL), 0.02, 42);
    assertEquals(first.get("a/kernel"), second.get("a/kernel"));
    assertTrue(first.get("a/kernel").distance2(second.get("0/kernel")) > 0.1);
    WeightMap reseeded = WeightMap.initialise(LAYOUT, 0.02, 43);
    assertTrue(first.get("a/kernel").distance2(reseeded.get("a/kernel")) > 0.1);
  }

  @Test
  void newTensorsHaveTheMomentsOfTheirDistribution() {
    TensorSpec normal = TensorSpec.trainable("n", Initializer.TRUNCATED_NORMAL, 300, 300);
    TensorSpec glorot = TensorSpec.trainable("g", Initializer.GLOROT_UNIFORM, 200, 400);
    TensorSpec ones = TensorSpec.trainable("o", Initializer.ONES, 5);
    WeightMap weights = WeightMap.initialise(List.of(normal, glorot, ones), 0.02, 3);
    // a normal distribution cut at two deviations has 0.8796 of the deviation
    assertMoments(weights.get("n").dup().data().asFloat(), 0.04, 0.02 * 0.8796256610342398);
    assertMoments(weights.get("g").dup().data().asFloat(), 0.1, 0.1 / Math.sqrt(3));
    assertArrayEquals(new float[] {1, 1, 1, 1, 1}, weights.get("o").data().asFloat());
  }

  private static void assertMoments(float[] values, double limit, double deviation) {
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    double error = deviation / Math.sqrt(values.length);
    assertEquals(0, sum / values.length, 4 * error);
    assertEquals(deviation, Math.sqrt(squares / values.length), 4 * error);
    assertTrue(largest <= limit * 1.0000001 && largest > 0.99 * limit, "largest " + largest);
  }

  @Test
  void theRangeMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> WeightMap.initialise(LAYOUT, 0, 1));
  }
}
