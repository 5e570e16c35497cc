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
  private final BooleanSupplier stop;

  PretrainProgress(Console console, RunLog log, ProgressLine line, BooleanSupplier stop) {
    this.console = console;
    this.log = log;
    this.line = line;
    this.stop = stop;
  }

  @Override
  public void onStep(PretrainReport report) throws IOException {
    log.onStep(report);
    line.at(
        report.step(),
        String.format(
            Locale.ROOT,
            "gen %.3f disc %.4f found %.0f%% %.1f examples/s %.0f tokens/s",
            report.generatorLoss(),
            report.discriminatorLoss(),
            100 * report.detection().recall(),
            report.examplesPerSecond(),
            report.tokensPerSecond()));
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
  public void onSave(long step) throws IOException {
    log.onSave(step);
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
