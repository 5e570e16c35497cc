package io.github.electra4j.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.metric.Accuracy;
import io.github.electra4j.eval.metric.MatthewsCorrelation;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
  private static final Resampling FEW = new Resampling(2000, 5);

  @TempDir Path folder;

  @Test
  void trialsAreSummarised() {
    double[] values = {3, 1, 4, 2};
    TrialSummary summary = TrialSummary.of(values, FEW);
    assertEquals(2.5, summary.mean(), 1e-15);
    assertEquals(Math.sqrt(StatUtils.variance(values)), summary.deviation(), 1e-15);
    assertEquals(2.5, summary.median(), 1e-15);
    assertEquals(1, summary.lowest());
    assertEquals(4, summary.highest());
    assertTrue(summary.meanInterval().low() < 2.5 && summary.meanInterval().high() > 2.5);
    assertTrue(summary.toText().startsWith("mean 2.50, sd 1.29, median 2.50, 1.00 to 4.00"));
    assertEquals(summary, TrialSummary.of(values, FEW));
    TrialSummary one = TrialSummary.of(new double[] {7}, FEW);
    assertTrue(Double.isNaN(one.deviation()) && one.toText().contains("sd unknown"));
    assertEquals(new Resampling.Interval(7, 7), one.meanInterval());
    assertThrows(IllegalArgumentException.class, () -> TrialSummary.of(new double[0], FEW));
    assertThrows(
        IllegalArgumentException.class, () -> TrialSummary.of(new double[] {Double.NaN}, FEW));
    assertThrows(IllegalArgumentException.class, () -> new Resampling(99, 0));
  }

  @Test
  void quantilesAreThoseOfNumPy() {
    assertEquals(1.75, Resampling.quantile(new double[] {1, 2, 4, 8}, 0.25), 1e-15);
    assertEquals(8, Resampling.quantile(new double[] {1, 2, 4, 8}, 1), 1e-15);
  }

  @Test
  void theIntervalOfTheMeanIsThatOfTheNormalDistributionForManyValues() {
    Random random = new Random(3);
    double[] values = random.doubles(2000).toArray();
    Resampling.Interval interval = FEW.meanInterval(values);
    double mean = StatUtils.mean(values);
    double half = 1.96 * Math.sqrt(StatUtils.variance(values) / values.length);
    assertEquals(mean - half, interval.low(), 0.1 * half);
    assertEquals(mean + half, interval.high(), 0.1 * half);
  }

  @Test
  void mcNemarIsExactForSmallCounts() {
    assertEquals(0.021484375, new McNemar(1, 9).pValue(), 1e-15); // 2·(1+10)/1024
    assertEquals(1, new McNemar(0, 0).pValue());
    assertEquals(1, new McNemar(3, 3).pValue());
    for (int n = 1; n < 25; n++) {
      BinomialDistribution binomial = new BinomialDistribution(n, 0.5);
      for (int k = 0; k <= n; k++) {
        double expected = Math.min(1, 2 * binomial.cumulativeProbability(Math.min(k, n - k)));
        assertEquals(expected, new McNemar(k, n - k).pValue(), 1e-12);
      }
    }
  }

  @Test
  void mcNemarIsChiSquaredForLargeCounts() {
    McNemar test = new McNemar(10, 30);
    assertFalse(test.isExact());
    assertEquals(Erf.erfc(Math.sqrt(19 * 19 / 40.0 / 2)), test.pValue(), 1e-12);
    assertEquals(0.0026636, test.pValue(), 1e-6); // χ² = 9.025, one degree of freedom
    assertEquals(1, new McNemar(20, 20).pValue());
    for (double x = 0; x < 8; x += 0.13) {
      double expected = Erf.erfc(x);
      assertEquals(expected, ComplementaryError.of(x), 1e-14 + 1e-10 * expected);
    }
    boolean[] first = {true, true, false, false};
    boolean[] second = {true, false, true, true};
    assertEquals(new McNemar(1, 2), McNemar.of(first, second));
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(first, new boolean[1]));
    assertThrows(IllegalArgumentException.class, () -> new McNemar(-1, 0));
  }

  @Test
  void pairedBootstrapTellsRealDifferencesFromNone() {
    double[] worse = new double[400];
    double[] better = new double[400];
    Arrays.fill(better, 0, 300, 1);
    Arrays.fill(worse, 20, 260, 1);
    PairedBootstrap real = PairedBootstrap.ofMeans(worse, better, FEW);
    assertEquals(0.15, real.difference(), 1e-12);
    assertTrue(real.pValue() < 0.01 && real.interval().low() > 0, real.toString());
    PairedBootstrap none = PairedBootstrap.ofMeans(better, better, FEW);
    assertEquals(new PairedBootstrap(0, new Resampling.Interval(0, 0), 1), none);
    double[] gold = new double[400];
    Arrays.fill(gold, 100, 300, 1);
    PairedBootstrap metric = PairedBootstrap.of(new MatthewsCorrelation(), gold, worse, gold, FEW);
    assertTrue(metric.difference() > 0 && metric.pValue() < 0.01, metric.toString());
    assertThrows(
        IllegalArgumentException.class, () -> PairedBootstrap.ofMeans(worse, new double[1], FEW));
  }

  @Test
  void standardErrorsAreThoseOfTheFormula() {
    double[] gold = new double[200];
    double[] predicted = new double[200];
    Arrays.fill(gold, 0, 120, 1);
    Arrays.fill(predicted, 0, 150, 1);
    double byFormula = StandardError.of(new Accuracy(), gold, predicted, FEW);
    assertEquals(Math.sqrt(0.85 * 0.15 / 199), byFormula, 1e-15);
    double mcc = StandardError.of(new MatthewsCorrelation(), gold, predicted, FEW);
    assertTrue(mcc > 0.02 && mcc < 0.08, "standard error " + mcc);
    double[] one = {1};
    assertTrue(Double.isNaN(StandardError.of(new Accuracy(), one, one, FEW)));
    assertThrows(IllegalArgumentException.class, () -> FEW.draw(0, drawn -> 0));
    assertArrayEquals(FEW.draw(9, drawn -> drawn[0]), FEW.draw(9, drawn -> drawn[0]));
  }

  @Test
  void degenerateRunsAreSaid() {
    List<String> gold = List.of("a", "b", "a");
    assertTrue(DegenerateRun.sameAnswer(gold, List.of("a", "a", "a")).get().contains("\"a\""));
    assertTrue(DegenerateRun.sameAnswer(gold, gold).isEmpty());
    assertTrue(DegenerateRun.sameAnswer(Collections.nCopies(2, "a"), List.of("a", "a")).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> DegenerateRun.sameAnswer(gold, List.of()));
    double[] flat = new double[40];
    Arrays.fill(flat, 0.6931);
    assertTrue(DegenerateRun.flatLoss(flat).get().contains("0.6931 at first"));
    Arrays.fill(flat, 30, 40, 0.3);
    assertTrue(DegenerateRun.flatLoss(flat).isEmpty());
    assertTrue(DegenerateRun.flatLoss(new double[19]).isEmpty());
    double[] broken = new double[20];
    Arrays.fill(broken, Double.NaN);
    assertTrue(DegenerateRun.flatLoss(broken).isPresent());
  }

  @Test
  void twoFilesOfAnswersAreCompared() throws IOException {
    Answers first = answers("a.jsonl", "1", "0", "1", "1");
    Answers second = answers("b.jsonl", "1", "1", "1", "0");
    Comparison comparison = Comparison.of(first, second, FEW);
    assertEquals(4, comparison.examples());
    assertEquals(0.75, comparison.first());
    assertEquals(0.75, comparison.second());
    assertEquals(new McNemar(1, 1), comparison.mcNemar());
    assertEquals(1, comparison.bootstrap().pValue());
    assertTrue(comparison.toText().contains("(McNemar, exact, p = 1.0000); n = 4"));
    Answers fewer = answers("c.jsonl", "1");
    assertThrows(IllegalArgumentException.class, () -> Comparison.of(first, fewer, FEW));
    Path other = folder.resolve("d.jsonl");
    Files.writeString(
        other, Files.readString(folder.resolve("a.jsonl")).replace("gold\":\"1", "gold\":\"2"));
    Answers different = Answers.read(other);
    assertThrows(IllegalArgumentException.class, () -> Comparison.of(first, different, FEW));
  }

  private Answers answers(String name, String... answers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < answers.length; i++) {
      text.append(
          "{\"task\":\"t\",\"id\":%d,\"gold\":\"1\",\"answer\":\"%s\"}\n\n"
              .formatted(i, answers[i]));
    }
    return Answers.read(Files.writeString(folder.resolve(name), text.toString()));
  }

  @Test
  void malformedAnswers() throws IOException {
    Path file = folder.resolve("x.jsonl");
    for (String[] fault :
        new String[][] {
          {"{\"id\":1,\"gold\":\"a\"}", "line 1: \"id\", \"gold\" or \"answer\" is missing"},
          {"{\"id\"", "line 1: this is not JSON"},
          {"", "there is no answer in it"},
          {
            "{\"id\":1,\"gold\":2,\"answer\":3}\n{\"id\":1,\"gold\":2,\"answer\":3}",
            "line 2: the id \"1\" occurs a second time"
          }
        }) {
      Files.writeString(file, fault[0]);
      MalformedFileException error =
          assertThrows(MalformedFileException.class, () -> Answers.read(file));
      assertTrue(error.getMessage().contains(fault[1]), error.getMessage());
    }
    Files.write(file, "{\"id\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThrows(MalformedFileException.class, () -> Answers.read(file));
    assertThrows(FileNotFoundException.class, () -> Answers.read(folder.resolve("none")));
  }
}
