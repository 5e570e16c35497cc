package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {
  @TempDir Path folder;
  private Path model;
  private Path glue;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    model = DemoFiles.model(folder);
    glue = DemoFiles.reviews(folder, 40, 12);
    output = folder.resolve("runs");
  }

  private Object[] command(Object... more) {
    List<Object> args = new ArrayList<>(List.of("finetune", model, "--task", "sst"));
    args.addAll(List.of("--data", glue, "--output", output, "--train-batch-size", 8));
    args.addAll(List.of("--epochs", 1, "--trials", 3));
    args.addAll(List.of(more));
    return args.toArray();
  }

  @Test
  void trialsHaveSeedsStatisticsAndModelsOfTheirOwn() throws IOException {
    JsonNode report = Run.of(command("--json", "--seed", 5)).exits(ExitCode.OK).json();
    assertEquals(Run.json(Files.readString(output.resolve("trials.json"))), report);
    assertEquals(3, report.get("finished").intValue());
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      JsonNode results =
          Run.json(Files.readString(output.resolve("trial-" + (i + 1) + "/results.json")));
      assertEquals(5 + i, results.get("seed").intValue());
      double accuracy = results.at("/metrics/accuracy").doubleValue();
      assertEquals(
          accuracy, report.at("/trials/" + i + "/metrics").get("sst.accuracy").doubleValue());
      sum += accuracy;
    }
    JsonNode accuracy = report.get("statistics").get("sst.accuracy");
    assertEquals(sum / 3, accuracy.get("mean").doubleValue(), 1e-9);
    assertNotEquals(fingerprint(1), fingerprint(2));
    Run best = Run.of("predict", output, "--text", "the film was dull.").exits(ExitCode.OK);
    Path bestTrial = output.resolve("trial-" + report.get("best").intValue());
    assertEquals(Run.of("predict", bestTrial, "--text", "the film was dull."), best);
  }

  private String fingerprint(int trial) throws IOException {
    return Run.json(Files.readString(output.resolve("trial-" + trial + "/results.json")))
        .at("/model/fingerprint")
        .textValue();
  }

  @Test
  void interruptedTrialsGoOnWhereTheyWereToTheSameStatistics() throws IOException {
    Run stopped = Run.interruptedAt("Trial 2 of 3", command()).exits(ExitCode.INTERRUPTED);
    assertTrue(stopped.err().contains("the state is saved in"), stopped.err());
    String first = fingerprint(1);
    Run resumed = Run.of(command("--json")).exits(ExitCode.OK);
    assertTrue(resumed.err().contains("Trial 1 of 3 was finished before."), resumed.err());
    assertTrue(resumed.err().contains("going on from step "), resumed.err());
    assertEquals(first, fingerprint(1));
    output = folder.resolve("whole");
    JsonNode whole = Run.of(command("--json")).exits(ExitCode.OK).json();
    assertEquals(whole.get("statistics"), resumed.json().get("statistics"));
  }

  @Test
  void moreTrialsMayBeAddedButNotOfOtherSettings() throws IOException {
    Run.of(command("--trials", 2)).exits(ExitCode.USAGE);
    List<Object> two = new ArrayList<>(List.of(command()));
    two.set(two.size() - 1, 2);
    Run.of(two.toArray()).exits(ExitCode.OK);
    Run more = Run.of(command()).exits(ExitCode.OK);
    assertTrue(more.err().contains("Trial 2 of 3 was finished before."), more.err());
    assertTrue(more.err().contains("Trial 3 of 3, seed 2"), more.err());
    Run.of(command("--learning-rate", 1e-3))
        .refuses(ExitCode.BAD_INPUT, "trials.json", "learning-rate was 1.0E-4, is now 0.001");
  }

  @Test
  void theTableShowsEveryMetricAndRunsThatLearntNothing() {
    Run run = Run.of(command("--learning-rate", 1e-9)).exits(ExitCode.OK);
    assertTrue(run.lines().get(0).startsWith("| Metric       | n |"), run.out());
    assertTrue(run.out().contains("| sst.accuracy | 3 |"), run.out());
    assertTrue(run.out().contains("Trial 1 is degenerate: every answer is"), run.out());
    assertTrue(run.err().contains("This run is degenerate"), run.err());
  }

  @Test
  void aSingleTrialHasNoDeviation() {
    JsonNode of = statistics(0.75);
    assertEquals(1, of.get("n").intValue());
    assertEquals(0.75, of.get("mean").doubleValue());
    assertEquals(0, of.get("sd").doubleValue());
    assertEquals(0.75, of.get("ci95_low").doubleValue());
  }

  @Test
  void statisticsAreThoseOfTheFiniteValues() {
    JsonNode of = statistics(4, 1, Double.NaN, 3, 2);
    assertEquals(4, of.get("n").intValue());
    assertEquals(2.5, of.get("mean").doubleValue());
    assertEquals(Math.sqrt(5.0 / 3), of.get("sd").doubleValue(), 1e-12);
    assertEquals(2.5, of.get("median").doubleValue());
    assertEquals(1, of.get("min").doubleValue());
    assertEquals(4, of.get("max").doubleValue());
    double low = of.get("ci95_low").doubleValue();
    double high = of.get("ci95_high").doubleValue();
    assertTrue(low > 1 && low < 2 && high > 3 && high < 4, of.toString());
  }

  @Test
  void theBestTrialIsASoundOneIfThereIsOne() {
    assertEquals(2, best(List.of(90.0, 60.0, 55.0), 1));
    assertEquals(3, best(List.of(90.0, Double.NaN, 55.0), 1));
    assertEquals(1, best(List.of(90.0, 60.0, 55.0), 3));
  }

  /** The best of trials, the first few of which are degenerate. */
  private static int best(List<Double> accuracies, int degenerate) {
    List<TrialsReport.Trial> trials = new ArrayList<>();
    for (double accuracy : accuracies) {
      Optional<String> what =
          trials.size() < degenerate ? Optional.of("every answer is \"0\"") : Optional.empty();
      trials.add(
          new TrialsReport.Trial(
              trials.size() + 1, 0, Map.of("sst.accuracy", accuracy), what, false));
    }
    return new TrialsReport(accuracies.size(), Map.of(), trials).best();
  }

  private static JsonNode statistics(double... values) {
    List<TrialsReport.Trial> trials = new ArrayList<>();
    for (double value : values) {
      trials.add(
          new TrialsReport.Trial(
              trials.size() + 1, 0, Map.of("sst.accuracy", value), Optional.empty(), false));
    }
    TrialsReport report = new TrialsReport(values.length, Map.of(), trials);
    return Run.json(report.toJson()).get("statistics").get("sst.accuracy");
  }

  @Test
  void aLossThatDoesNotFallIsSaid() throws IOException {
    Path log = folder.resolve("log.csv");
    StringBuilder rows = new StringBuilder("step,loss\n");
    for (int i = 1; i <= 40; i++) {
      rows.append(i).append(",0.693\n");
    }
    Files.writeString(log, rows);
    assertTrue(FlatLoss.in(log).orElseThrow().contains("did not fall"));
    Files.writeString(log, rows.toString().replace("40,0.693", "40,0.2"));
    assertFalse(FlatLoss.in(log).isPresent());
    Files.writeString(log, "step,loss\n1,0.7\n");
    assertFalse(FlatLoss.in(log).isPresent(), "too short to judge");
  }
}
