package io.github.electra4j.cli.demo;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.train.corpus.ExampleShards;
import io.github.electra4j.train.pretrain.ExampleSource;
import io.github.electra4j.train.pretrain.PretrainListener;
import io.github.electra4j.train.pretrain.PretrainMetrics;
import io.github.electra4j.train.pretrain.PretrainReport;
import io.github.electra4j.train.pretrain.Pretrainer;
import io.github.electra4j.train.report.CurvePage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pre-trains the demo's model and remembers the curves. */
final class DemoPretraining implements PretrainListener {
  private static final int EVALUATIONS = 8;
  private static final int HELD_OUT_EXAMPLES = 400;

  private final DemoTalk talk;
  private final List<CurvePage.Point> generatorLoss = new ArrayList<>();
  private final List<CurvePage.Point> discriminatorLoss = new ArrayList<>();
  private final List<CurvePage.Point> guessed = new ArrayList<>();
  private final List<CurvePage.Point> auc = new ArrayList<>();

  DemoPretraining(DemoTalk talk) {
    this.talk = talk;
  }

  /** Runs it to the end. */
  Checkpoint run(Checkpoint start, DemoPlan plan, DemoTexts texts) throws IOException {
    try (ExampleShards examples = ExampleShards.open(texts.examples().toString());
        ExampleShards heldOut = ExampleShards.open(texts.heldOut().toString())) {
      return Pretrainer.of(start, plan.pretraining(), texts.special(), ExampleSource.of(examples))
          .evaluatingOn(
              ExampleSource.of(heldOut),
              Math.max(1, plan.pretrainSteps() / EVALUATIONS),
              HELD_OUT_EXAMPLES)
          .run(this)
          .checkpoint();
    }
  }

  @Override
  public void onStep(PretrainReport report) {
    generatorLoss.add(new CurvePage.Point(report.step(), report.generatorLoss()));
    discriminatorLoss.add(new CurvePage.Point(report.step(), report.discriminatorLoss()));
    talk.progress(
        "pre-training",
        report.step(),
        report.totalSteps(),
        String.format(
            Locale.ROOT,
            "generator %.2f discriminator %.3f",
            report.generatorLoss(),
            report.discriminatorLoss()));
  }

  @Override
  public void onEvaluation(long step, PretrainMetrics metrics) {
    guessed.add(new CurvePage.Point(step, 100 * metrics.maskedAccuracy()));
    auc.add(new CurvePage.Point(step, metrics.auc()));
    talk.say(
        String.format(
            Locale.ROOT,
            "   step %,5d: the generator guesses %2.0f %% of hidden words, the discriminator tells replaced from original with AUC %.3f",
            step,
            100 * metrics.maskedAccuracy(),
            metrics.auc()));
  }

  /** The curves, to be drawn below one another. */
  List<CurvePage.Chart> charts() {
    return List.of(
        chart("Loss of the generator at masked words", "nats per word", generatorLoss),
        chart("Loss of the discriminator", "nats per token", discriminatorLoss),
        chart("Masked words that the generator guesses, held-out text", "percent", guessed),
        chart("Discriminator: replaced or original, held-out text", "area under the ROC", auc));
  }

  private static CurvePage.Chart chart(String title, String unit, List<CurvePage.Point> points) {
    Map<String, List<CurvePage.Point>> curves = new LinkedHashMap<>();
    curves.put(unit, points);
    return new CurvePage.Chart(title, curves);
  }
}
