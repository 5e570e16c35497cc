package io.github.electra4j.cli;

import io.github.electra4j.train.pretrain.PretrainListener;
import io.github.electra4j.train.pretrain.PretrainMetrics;
import io.github.electra4j.train.pretrain.PretrainReport;
import io.github.electra4j.train.report.RunLog;
import java.io.IOException;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Shows how pre-training goes: a progress line, a line per evaluation, and the log. */
final class PretrainProgress implements PretrainListener {
  private final Console console;
  private final RunLog log;
  private final ProgressLine line;
  private final double ceiling;
  private final BooleanSupplier stop;

  /**
   * @param ceiling operations per second that the machine is able to do
   * @param stop whether the user wants an end
   */
  PretrainProgress(
      Console console, RunLog log, ProgressLine line, double ceiling, BooleanSupplier stop) {
    this.console = console;
    this.log = log;
    this.line = line;
    this.ceiling = ceiling;
    this.stop = stop;
  }

  @Override
  public void onStep(PretrainReport report) throws IOException {
    log.onStep(report);
    line.at(report.step(), details(report));
  }

  private String details(PretrainReport report) {
    double used = 100 * report.operationsPerSecond() / ceiling;
    String encoder = "";
    if (report.detects()) {
      encoder =
          String.format(
              Locale.ROOT,
              " disc %.4f found %.0f%%",
              report.discriminatorLoss(),
              100 * report.detection().recall());
    } else if (report.restorationLoss() > 0) {
      encoder = String.format(Locale.ROOT, " restored %.3f", report.restorationLoss());
    }
    return String.format(
        Locale.ROOT,
        "gen %.3f%s %.1f examples/s %.0f tokens/s %.0f%% of the machine",
        report.generatorLoss(),
        encoder,
        report.examplesPerSecond(),
        report.tokensPerSecond(),
        used);
  }

  @Override
  public void onEvaluation(long step, PretrainMetrics metrics) throws IOException {
    log.onEvaluation(step, metrics);
    StringBuilder row = new StringBuilder("step " + step + "  held out");
    metrics
        .byName()
        .forEach((name, value) -> row.append(String.format(Locale.ROOT, "  %s %.4g", name, value)));
    console.say(row.toString());
  }

  @Override
  public boolean hasEvaluation(long step) throws IOException {
    return log.hasEvaluation(step);
  }

  @Override
  public void onSave(long step) throws IOException {
    log.onSave(step);
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
