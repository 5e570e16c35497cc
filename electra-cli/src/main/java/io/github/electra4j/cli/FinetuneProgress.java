package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.StepReport;
import io.github.electra4j.train.TrainListener;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Shows how fine-tuning goes: a progress line, a row and a point of the curve per evaluation, a log
 * of every step.
 */
final class FinetuneProgress implements TrainListener {
  private static final double SMOOTHING = 0.98;

  private final Places places;
  private final BooleanSupplier stop;
  private final Judge judge;
  private final long started = System.nanoTime();
  private long examples;
  private long step;
  private boolean done;
  private double smoothedLoss = Double.NaN;

  /**
   * Where it is shown.
   *
   * @param console rows
   * @param log losses of all steps
   * @param curve evaluations
   * @param line how far it is
   */
  record Places(Console console, LossLog log, LearningCurve curve, ProgressLine line) {}

  /**
   * How a model does.
   *
   * @param metrics the scores
   * @param examples that were scored
   * @param partial whether there are more
   */
  record Evaluation(List<MetricValue> metrics, int examples, boolean partial) {}

  /** Somebody who evaluates. */
  interface Judge {
    Evaluation of(FineTunedModel model, long step, boolean done) throws IOException;
  }

  FinetuneProgress(Places places, BooleanSupplier stop, Judge judge) {
    this.places = places;
    this.stop = stop;
    this.judge = judge;
  }

  @Override
  public void onStep(StepReport report) throws IOException {
    examples += report.examples();
    step = report.step();
    done = report.step() == report.totalSteps();
    smoothedLoss =
        Double.isNaN(smoothedLoss)
            ? report.meanLoss()
            : SMOOTHING * smoothedLoss + (1 - SMOOTHING) * report.meanLoss();
    double rate = examples / Math.max(1e-9, (System.nanoTime() - started) / 1e9);
    places.log().add(report, rate);
    places
        .line()
        .at(
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
    evaluate(String.format(Locale.ROOT, "epoch %.4g", epoch), epoch, model);
  }

  @Override
  public void onEvaluation(long at, double epoch, FineTunedModel model) throws IOException {
    evaluate(String.format(Locale.ROOT, "step %d, epoch %.4g", at, epoch), epoch, model);
  }

  private void evaluate(String when, double epoch, FineTunedModel model) throws IOException {
    places.log().flush();
    Evaluation found = judge.of(model, step, done);
    StringBuilder row = new StringBuilder(when);
    row.append(String.format(Locale.ROOT, "  train loss %.4f  dev", smoothedLoss));
    if (found.partial()) {
      row.append(String.format(Locale.ROOT, " (PARTIAL: %,d examples)", found.examples()));
    }
    for (MetricValue metric : found.metrics()) {
      row.append(String.format(Locale.ROOT, "  %s %.4g", metric.name(), metric.value()));
    }
    places.console().say(row.toString());
    places
        .curve()
        .add(
            new LearningCurve.Point(
                step, epoch, smoothedLoss, found.examples(), found.partial(), found.metrics()));
  }

  @Override
  public void onSave(long at) throws IOException {
    places.log().flush();
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
