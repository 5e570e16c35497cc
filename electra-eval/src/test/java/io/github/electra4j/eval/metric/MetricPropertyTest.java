package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Metrics of random answers")
class MetricPropertyTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void correlationsAgreeWithASecondImplementation(long seed) {
    Random random = new Random(seed);
    double[] gold = scores(random, 2 + random.nextInt(200));
    double[] predicted = scores(random, gold.length);
    assertEquals(
        new PearsonsCorrelation().correlation(gold, predicted),
        new Pearson().of(gold, predicted),
        TOLERANCE);
    assertEquals(
        new SpearmansCorrelation().correlation(gold, predicted),
        new Spearman().of(gold, predicted),
        TOLERANCE);
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shiftAndPositiveScaleLeaveCorrelationsAsTheyAre(long seed) {
    Random random = new Random(seed);
    double[] gold = scores(random, 2 + random.nextInt(50));
    double[] predicted = scores(random, gold.length);
    double[] moved = Arrays.stream(predicted).map(x -> 8 * x + 3).toArray();
    double[] mirrored = Arrays.stream(predicted).map(x -> -x).toArray();
    for (Metric metric : MetricTest.ofScores().subList(0, 2)) {
      double value = metric.of(gold, predicted);
      assertEquals(value, metric.of(gold, moved), TOLERANCE);
      assertEquals(-value, metric.of(gold, mirrored), TOLERANCE);
      assertEquals(value, metric.of(predicted, gold), TOLERANCE);
      assertEquals(1, metric.of(gold, gold), TOLERANCE);
      assertTrue(Math.abs(value) <= 1, () -> metric.name() + " is " + value);
    }
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void forTwoClassesMatthewsIsPearsonAndF1FollowsFromPrecisionAndRecall(long seed) {
    Random random = new Random(seed);
    double[] gold = random.ints(300, 0, 2).asDoubleStream().toArray();
    double[] predicted = Arrays.stream(gold).map(x -> random.nextInt(3) == 0 ? 1 - x : x).toArray();
    assertEquals(
        new Pearson().of(gold, predicted),
        new MatthewsCorrelation().of(gold, predicted),
        TOLERANCE);
    double both = 0;
    for (int i = 0; i < gold.length; i++) {
      both += gold[i] * predicted[i];
    }
    double precision = both / Arrays.stream(predicted).sum();
    double recall = both / Arrays.stream(gold).sum();
    assertEquals(
        2 * precision * recall / (precision + recall), new F1().of(gold, predicted), TOLERANCE);
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void renamingClassesLeavesAccuracyAndMatthewsAsTheyAre(long seed) {
    Random random = new Random(seed);
    double[] gold = random.ints(100, 0, 5).asDoubleStream().toArray();
    double[] predicted =
        Arrays.stream(gold).map(x -> random.nextBoolean() ? random.nextInt(5) : x).toArray();
    double[] names = {17, 4, 0, 9, 2};
    double[] goldRenamed = Arrays.stream(gold).map(x -> names[(int) x]).toArray();
    double[] predictedRenamed = Arrays.stream(predicted).map(x -> names[(int) x]).toArray();
    for (Metric metric : new Metric[] {new Accuracy(), new MatthewsCorrelation()}) {
      assertEquals(metric.of(gold, predicted), metric.of(goldRenamed, predictedRenamed), TOLERANCE);
    }
  }

  /** A few distinct values, so that there are ties; at least two of them occur. */
  private static double[] scores(Random random, int examples) {
    double[] scores = new double[examples];
    for (int i = 0; i < examples; i++) {
      scores[i] = random.nextInt(26) / 5.0;
    }
    scores[0] = 0.1;
    scores[1] = 4.9;
    return scores;
  }
}
