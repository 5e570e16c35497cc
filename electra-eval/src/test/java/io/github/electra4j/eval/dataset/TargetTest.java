package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private final ClassTarget rte = new ClassTarget(List.of("entailment", "not_entailment"));
  private final ScoreTarget sts = new ScoreTarget(5);

  @Test
  void aClassIsItsIndex() {
    assertEquals(2, rte.outputs());
    assertEquals(0, rte.value("entailment"));
    assertEquals(1, rte.value("not_entailment"));
    assertEquals("entailment", rte.placeholder());
  }

  @Test
  void labelsMatchExactlyAndTheErrorNamesThem() {
    for (String wrong : new String[] {"Entailment", "entailment ", "", "0"}) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> rte.value(wrong));
      assertEquals(
          "the label is \"%s\", wanted one of [entailment, not_entailment].".formatted(wrong),
          error.getMessage());
    }
  }

  @Test
  void theLargestLogitWinsAndTheFirstOfEqualOnes() {
    assertEquals(1, rte.predicted(new float[] {-3, -2}));
    assertEquals(0, rte.predicted(new float[] {0.5f, 0.5f}));
    assertEquals("not_entailment", rte.answer(new float[] {-3, -2}));
  }

  @Test
  void theLossOfAClassIsTheNegativeLogarithmOfItsProbability() {
    float[] logits = {1, 3};
    double[] probabilities = rte.probabilities(logits);
    assertArrayEquals(
        new double[] {1 / (1 + Math.exp(2)), 1 / (1 + Math.exp(-2))}, probabilities, 1e-15);
    assertEquals(-Math.log(probabilities[0]), rte.loss(0, logits), 1e-15);
    assertEquals(-Math.log(probabilities[1]), rte.loss(1, logits), 1e-15);
  }

  @Test
  void hugeLogitsNeitherOverflowNorVanish() {
    float[] logits = {3e38f, -3e38f};
    assertArrayEquals(new double[] {1, 0}, rte.probabilities(logits));
    assertEquals(0, rte.loss(0, logits));
    assertEquals(6e38, rte.loss(1, logits), 1e32);
  }

  @Test
  void classesMustBeSeveralAndDifferent() {
    assertThrows(IllegalArgumentException.class, () -> new ClassTarget(List.of("a")));
    assertThrows(IllegalArgumentException.class, () -> new ClassTarget(List.of("a", "b", "a")));
  }

  @ParameterizedTest
  @CsvSource({"5.000, 1", "0, 0", "3.2, 0.64", ".5, 0.1", "+1., 0.2", "1e0, 0.2", "-0.0, 0"})
  void aScoreIsBroughtToZeroToOne(String label, double value) {
    assertEquals(Optional.empty(), sts.fault(label));
    assertEquals(value, sts.value(label), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "1,5", "NaN", "Infinity", "0x1p1", "1d", "1f", "e5", "."})
  void whatIsNoDecimalNumberIsNoScore(String label) {
    assertEquals(
        Optional.of("the score is \"%s\", wanted a number from 0 to 5.0".formatted(label)),
        sts.fault(label));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.001", "-0.1", "1e9", "1e999999999"})
  void aScoreOutsideTheScaleIsAnError(String label) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> sts.value(label));
    assertEquals(
        "the score is %s, wanted a number from 0 to 5.0.".formatted(label), error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0.9, 4.5", "1.1, 5", "-0.2, 0", "0.00001, 0.00005", "0.64, 3.2", "1e-9, 0"})
  void theAnswerIsOnTheTasksScaleAndClipped(float output, String answer) {
    assertEquals(answer, sts.answer(new float[] {output}));
  }

  @Test
  void scoringUsesTheOutputAsItIs() {
    assertEquals(1, sts.outputs());
    assertEquals("0.0", sts.placeholder());
    assertEquals(1.5, sts.predicted(new float[] {1.5f}));
    assertEquals(0.25, sts.loss(1, new float[] {1.5f}));
  }

  @Test
  void aScaleMustHaveALength() {
    for (double highest : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new ScoreTarget(highest), "" + highest);
    }
  }
}
