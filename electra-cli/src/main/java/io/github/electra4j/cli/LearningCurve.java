package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.report.CsvTable;
import io.github.electra4j.train.report.CurvePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of a run on its way: {@code eval.csv} with a row per evaluation, and {@code
 * report.html}, which draws them and the loss and is drawn anew with every row.
 */
final class LearningCurve {
  private static final List<String> LEADING = List.of("epoch", "train_loss", "dev_examples");
  private static final int LOSS_COLUMN = 1;

  private final RunFolder folder;
  private final Map<String, String> facts;

  private LearningCurve(RunFolder folder, Map<String, String> facts) {
    this.folder = folder;
    this.facts = new LinkedHashMap<>(facts);
  }

  /**
   * An evaluation.
   *
   * @param step updates made
   * @param epoch passes over the data
   * @param trainLoss smoothed loss per example of the training
   * @param examples of dev that were scored
   * @param partial whether dev has more
   * @param metrics the scores
   */
  record Point(
      long step,
      double epoch,
      double trainLoss,
      int examples,
      boolean partial,
      List<MetricValue> metrics) {
    private List<Double> values() {
      List<Double> values = new ArrayList<>(List.of(epoch, trainLoss, (double) examples));
      metrics.forEach(metric -> values.add(metric.value()));
      return values;
    }
  }

  /**
   * The curve of a run.
   *
   * @param first steps that the run has behind it; at 0, what an older run left is deleted
   * @param facts what the page says about the run
   */
  static LearningCurve open(RunFolder folder, long first, Map<String, String> facts)
      throws IOException {
    if (first == 0) {
      Files.deleteIfExists(folder.evaluations());
      Files.deleteIfExists(folder.page());
    }
    return new LearningCurve(folder, facts);
  }

  /**
   * Adds a row in place of those from its step on, which a run that was killed may have left.
   *
   * @throws IOException when the files cannot be written
   */
  void add(Point point) throws IOException {
    List<String> columns = new ArrayList<>(LEADING);
    point.metrics().forEach(metric -> columns.add(metric.name()));
    try (CsvTable table = CsvTable.open(folder.evaluations(), columns, point.step() - 1)) {
      table.add(point.step(), point.values());
    }
    AtomicFile.write(folder.page(), page(point).html().getBytes(StandardCharsets.UTF_8), true);
  }

  private CurvePage page(Point last) throws IOException {
    List<double[]> rows = CsvTable.read(folder.evaluations());
    Map<String, List<CurvePage.Point>> percent = new LinkedHashMap<>();
    List<CurvePage.Chart> charts = new ArrayList<>();
    charts.add(
        new CurvePage.Chart(
            "Training loss",
            Map.of("loss per example", curve(CsvTable.read(folder.log()), LOSS_COLUMN))));
    for (int i = 0; i < last.metrics().size(); i++) {
      MetricValue metric = last.metrics().get(i);
      List<CurvePage.Point> curve = curve(rows, 1 + LEADING.size() + i);
      if (metric.inPercent()) {
        percent.put(metric.name(), curve);
      } else {
        charts.add(new CurvePage.Chart("Dev: " + metric.name(), Map.of(metric.name(), curve)));
      }
    }
    charts.add(1, new CurvePage.Chart("Dev, percent", percent));
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.put(
        "last evaluation",
        "step %,d, %,d examples of dev%s"
            .formatted(last.step(), last.examples(), last.partial() ? ": PARTIAL" : ""));
    return new CurvePage("Fine-tuning", all, charts);
  }

  private static List<CurvePage.Point> curve(List<double[]> rows, int column) {
    return rows.stream()
        .filter(row -> row.length > column)
        .map(row -> new CurvePage.Point(row[0], row[column]))
        .toList();
  }
}
