package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricTest {
  static List<Metric> ofClasses() {
    return List.of(new Accuracy(), new F1(), new MatthewsCorrelation());
  }

  static List<Metric> ofScores() {
    return List.of(new Pearson(), new Spearman(), new MeanSquaredError());
  }

  static Stream<Metric> all() {
    return Stream.concat(ofClasses().stream(), ofScores().stream());
  }

  @Test
  void namesAreThoseOfTheOriginalsResults() {
    assertEquals(
        List.of("accuracy", "f1", "mcc", "pearson", "spearman", "mse"),
        all().map(Metric::name).toList());
  }

  @Test
  void onlyTheErrorIsNotInPercentAndBetterWhenLower() {
    all()
        .forEach(
            metric -> {
              assertEquals(!metric.name().equals("mse"), metric.inPercent());
              assertEquals(!metric.name().equals("mse"), metric.higherIsBetter());
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void noExamplesAreAnError(Metric metric) {
    assertMessage(
        metric.name() + " of no examples is undefined; pass at least one.",
        metric,
        new double[0],
        new double[0]);
  }

  @ParameterizedTest
  @MethodSource("all")
  void unequalLengthsAreAnErrorThatNamesBoth(Metric metric) {
    assertMessage(
        metric.name()
            + " compares 2 gold answers with 1 predictions; pass one prediction per answer.",
        metric,
        new double[] {0, 1},
        new double[] {0});
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesThatAreNotFiniteAreAnErrorThatNamesTheExample(Metric metric) {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String message =
          metric.name() + ": example 1 has the gold answer 1.0 and the prediction " + wrong;
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> metric.of(new double[] {0, 1}, new double[] {0, wrong}));
      assertTrue(error.getMessage().startsWith(message), error.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> metric.of(new double[] {0, wrong}, new double[] {0, 1}));
    }
  }

  @ParameterizedTest
  @MethodSource("ofClasses")
  void whatIsNoClassIsAnErrorThatNamesTheExample(Metric metric) {
    for (double wrong : new double[] {0.5, -1, 1e10}) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> metric.of(new double[] {0, wrong}, new double[] {0, 1}));
      assertTrue(
          error.getMessage().contains("example 1 has the gold class " + wrong), error.getMessage());
    }
  }

  @Test
  void f1KnowsTwoClassesOnly() {
    assertMessage(
        "f1: example 0 has the gold class 2.0 and the predicted class 1.0; "
            + "classes are whole numbers from 0 to 1.",
        new F1(),
        new double[] {2},
        new double[] {1});
  }

  @Test
  void f1CountsRecallOverTheGoldAnswers() {
    // precision 1/1, recall 1/4; the original's formula would give 1
    assertEquals(
        0.4, new F1().of(new double[] {1, 1, 1, 1, 0}, new double[] {1, 0, 0, 0, 0}), 1e-15);
  }

  @Test
  void theCorrelationOfOneExampleIsUndefined() {
    assertEquals(Double.NaN, new Pearson().of(new double[] {1}, new double[] {2}));
    assertEquals(Double.NaN, new Spearman().of(new double[] {1}, new double[] {2}));
  }

  @Test
  void equalValuesWhoseMeanIsRoundedAreStillConstant() {
    double[] constant = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    double[] other = {1, 2, 3, 4, 5, 6, 7};
    assertEquals(Double.NaN, new Pearson().of(constant, other));
    assertEquals(Double.NaN, new Pearson().of(other, constant));
  }

  @Test
  void tiesShareTheMeanOfTheirRanks() {
    assertArrayEquals(
        new double[] {2.5, 1, 2.5, 4, 6, 6, 6},
        Spearman.ranks(new double[] {7, 3, 7, 9, 11, 11, 11}));
  }

  @Test
  void metricsOfOneKindAreEqual() {
    assertEquals(new Accuracy(), new Accuracy());
    assertFalse(new Accuracy().equals((Object) new F1()));
  }

  private static void assertMessage(
      String message, Metric metric, double[] gold, double[] predicted) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> metric.of(gold, predicted));
    assertEquals(message, error.getMessage());
  }
}
