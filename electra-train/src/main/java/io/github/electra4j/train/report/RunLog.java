package io.github.electra4j.train.report;

import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.pretrain.PretrainListener;
import io.github.electra4j.train.pretrain.PretrainMetrics;
import io.github.electra4j.train.pretrain.PretrainReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down how a pre-training run goes: {@code train.csv} with a row per step, {@code eval.csv}
 * with a row per evaluation, {@code events/} for TensorBoard and {@code report.html} with the
 * curves, drawn anew whenever the state is saved and at the end.
 */
public final class RunLog implements PretrainListener, AutoCloseable {
  private static final int EVENT_STEPS = 10;
  private static final List<String> TRAIN =
      List.of(
          "loss",
          "generator_loss",
          "discriminator_loss",
          "disc_accuracy",
          "replaced_found",
          "sampled_correctly",
          "learning_rate",
          "gradient_norm",
          "examples_per_second",
          "tokens_per_second",
          "gflops",
          "utilisation",
          "restoration_loss");
  private static final List<String> EVAL =
      List.of(
          "loss",
          "masked_lm_accuracy",
          "masked_lm_loss",
          "sampled_masked_lm_accuracy",
          "disc_loss",
          "disc_auc",
          "disc_accuracy",
          "disc_precision",
          "disc_recall",
          "restored_accuracy",
          "restored_loss",
          "unigram_loss");

  private final Path folder;
  private final Map<String, String> facts;
  private final CsvTable train;
  private final CsvTable eval;
  private final EventFile events;
  private final double ceiling;

  private RunLog(
      Path folder,
      Map<String, String> facts,
      CsvTable train,
      CsvTable eval,
      EventFile events,
      double ceiling) {
    this.folder = folder;
    this.ceiling = ceiling;
    this.facts = facts;
    this.train = train;
    this.eval = eval;
    this.events = events;
  }

  /**
   * Opens the log of a run.
   *
   * @param folder created if it is not there
   * @param first steps that the run has behind it
   * @param facts what the page says about the run, e.g. its settings
   * @param ceiling operations per second that the machine is able to do, {@link
   *     io.github.electra4j.train.flops.MachineSpeed#measure}; utilisation is a share of it
   */
  public static RunLog open(Path folder, long first, Map<String, String> facts, double ceiling)
      throws IOException {
    Files.createDirectories(folder);
    return new RunLog(
        folder,
        new LinkedHashMap<>(facts),
        CsvTable.open(folder.resolve("train.csv"), TRAIN, first),
        CsvTable.open(folder.resolve("eval.csv"), EVAL, first),
        EventFile.create(folder.resolve("events"), Clock.systemUTC(), first),
        ceiling);
  }

  @Override
  public void onStep(PretrainReport report) throws IOException {
    boolean detects = report.detects();
    List<Double> values =
        List.of(
            report.loss(),
            report.generatorLoss(),
            detects ? report.discriminatorLoss() : Double.NaN,
            detects ? report.detection().accuracy() : Double.NaN,
            detects ? report.detection().recall() : Double.NaN,
            report.sampledCorrectly(),
            (double) report.learningRate(),
            report.gradientNorm(),
            report.examplesPerSecond(),
            report.tokensPerSecond(),
            report.operationsPerSecond() / 1e9,
            report.operationsPerSecond() / ceiling,
            report.restorationLoss() > 0 ? report.restorationLoss() : Double.NaN);
    train.add(report.step(), values);
    if (report.step() % EVENT_STEPS == 0 || report.step() == report.totalSteps()) {
      events.add(report.step(), tagged("train/", TRAIN, values));
    }
  }

  @Override
  public void onEvaluation(long step, PretrainMetrics metrics) throws IOException {
    Map<String, Double> byName = metrics.byName();
    List<Double> values = EVAL.stream().map(name -> byName.getOrDefault(name, Double.NaN)).toList();
    eval.add(step, values);
    events.add(step, tagged("eval/", EVAL, values));
  }

  @Override
  public boolean hasEvaluation(long step) throws IOException {
    return CsvTable.read(folder.resolve("eval.csv")).stream().anyMatch(row -> row[0] == step);
  }

  private static Map<String, Double> tagged(
      String prefix, List<String> names, List<Double> values) {
    Map<String, Double> tagged = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!values.get(i).isNaN()) {
        tagged.put(prefix + names.get(i), values.get(i));
      }
    }
    return tagged;
  }

  @Override
  public void onSave(long step) throws IOException {
    draw();
  }

  private void draw() throws IOException {
    List<double[]> steps = CsvTable.read(folder.resolve("train.csv"));
    List<double[]> held = CsvTable.read(folder.resolve("eval.csv"));
    List<CurvePage.Chart> charts = new ArrayList<>();
    charts.add(chart("Loss", steps, TRAIN, List.of("loss")));
    charts.add(chart("Generator's loss", steps, TRAIN, List.of("generator_loss")));
    charts.add(chart("Detection loss", steps, TRAIN, List.of("discriminator_loss")));
    charts.add(chart("Restoration loss", steps, TRAIN, List.of("restoration_loss")));
    charts.add(
        chart("Shares in training", steps, TRAIN, List.of("replaced_found", "sampled_correctly")));
    charts.add(
        chart("Held out: masked LM loss", held, EVAL, List.of("masked_lm_loss", "unigram_loss")));
    charts.add(chart("Held out: detection loss", held, EVAL, List.of("disc_loss")));
    charts.add(chart("Held out: restored tokens", held, EVAL, List.of("restored_accuracy")));
    charts.add(
        chart(
            "Held out: shares",
            held,
            EVAL,
            List.of("masked_lm_accuracy", "disc_auc", "disc_recall", "disc_precision")));
    charts.add(chart("Speed", steps, TRAIN, List.of("tokens_per_second")));
    charts.add(chart("Utilisation of the machine", steps, TRAIN, List.of("utilisation")));
    charts.add(chart("Gradient norm", steps, TRAIN, List.of("gradient_norm")));
    charts.removeIf(chart -> chart.curves().isEmpty());
    String html = new CurvePage("Pre-training", facts, charts).html();
    AtomicFile.write(folder.resolve("report.html"), html.getBytes(StandardCharsets.UTF_8), true);
  }

  private static CurvePage.Chart chart(
      String title, List<double[]> rows, List<String> columns, List<String> wanted) {
    Map<String, List<CurvePage.Point>> curves = new LinkedHashMap<>();
    for (String name : wanted) {
      int column = 1 + columns.indexOf(name);
      curves.put(
          name,
          rows.stream()
              .filter(row -> row.length > column && !Double.isNaN(row[column]))
              .map(row -> new CurvePage.Point(row[0], row[column]))
              .toList());
    }
    curves.values().removeIf(List::isEmpty);
    return new CurvePage.Chart(title, curves);
  }

  /** Draws the page a last time and closes the files. */
  @Override
  public void close() throws IOException {
    try (train;
        eval;
        events) {
      draw();
    }
  }
}
