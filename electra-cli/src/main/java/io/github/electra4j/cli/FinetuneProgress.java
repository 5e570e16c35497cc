package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.StepReport;
import io.github.electra4j.train.TrainListener;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Shows how fine-tuning goes: a progress line, a table row per epoch, a log of every step. */
final class FinetuneProgress implements TrainListener {
  private static final double SMOOTHING = 0.98;

  private final Console console;
  private final LossLog log;
  private final ProgressLine line;
  private final BooleanSupplier stop;
  private final Score score;
  private final long started = System.nanoTime();
  private long examples;
  private double smoothedLoss = Double.NaN;

  /** The evaluation after an epoch. */
  interface Score {
    List<MetricValue> of(FineTunedModel model) throws IOException;
  }

  FinetuneProgress(
      Console console, LossLog log, ProgressLine line, BooleanSupplier stop, Score score) {
    this.console = console;
    this.log = log;
    this.line = line;
    this.stop = stop;
    this.score = score;
  }

  @Override
  public void onStep(StepReport report) throws IOException {
    examples += report.examples();
    smoothedLoss =
        Double.isNaN(smoothedLoss)
            ? report.meanLoss()
            : SMOOTHING * smoothedLoss + (1 - SMOOTHING) * report.meanLoss();
    double rate = examples / Math.max(1e-9, (System.nanoTime() - started) / 1e9);
    log.add(report, rate);
    line.at(
        report.step(),
        String.format(
            Locale.ROOT,
            "loss %.4f  lr %.2e  %.0f examples/s",
            smoothedLoss,
            report.learningRate(),
            rate));
  }

  @Override
  public void onEpoch(double epoch, FineTunedModel model) throws IOException {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "epoch %.4g", epoch));
    row.append(String.format(Locale.ROOT, "  train loss %.4f  dev", smoothedLoss));
    for (MetricValue metric : score.of(model)) {
      row.append(String.format(Locale.ROOT, "  %s %.4g", metric.name(), metric.value()));
    }
    console.say(row.toString());
  }

  @Override
  public void onSave(long step) throws IOException {
    log.flush();
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
