package io.github.electra4j.cli.demo;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.train.StepReport;
import io.github.electra4j.train.TrainListener;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.pretrain.StartingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fine-tunes the same model from random and from pre-trained weights, with the same examples and
 * settings, and scores both.
 */
final class Tournament {
  private static final long OTHER_WEIGHTS = 1_000_003; // apart from the seeds of pre-training

  private final DemoPlan plan;
  private final DemoTalk talk;
  private final Path folder;
  private final int runs;
  private long stepsDone;

  /**
   * @param folder where the first model of each task from pre-trained weights is kept, under the
   *     task's name
   * @param tasks how many there will be
   */
  Tournament(DemoPlan plan, DemoTalk talk, Path folder, int tasks) {
    this.plan = plan;
    this.talk = talk;
    this.folder = folder;
    this.runs = 2 * tasks * plan.repetitions();
  }

  /**
   * Plays one task.
   *
   * @param pretrained weights that have seen the texts of the world
   */
  Contest play(Challenge challenge, Checkpoint pretrained) throws IOException {
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int i = 0; i < plan.repetitions(); i++) {
      without.add(challenge.score(tuned(challenge, random(pretrained, i), i)));
      LoadedModel better = tuned(challenge, pretrained, i);
      with.add(challenge.score(better));
      if (i == 0) {
        better.checkpoint().write(folder.resolve(challenge.name()), false);
      }
    }
    Contest contest = new Contest(challenge.name(), challenge.metric(), without, with);
    talk.say(
        String.format(
            Locale.ROOT,
            "   %s, %s: %s %% from random weights, %s %% from pre-trained ones",
            challenge.name(),
            challenge.metric(),
            contest.row().get(2),
            contest.row().get(3)));
    return contest;
  }

  /** The same model with weights that have seen nothing, others in every repetition. */
  private Checkpoint random(Checkpoint model, int repetition) {
    return StartingPoint.fresh(
            model.config(), model.text(), plan.seed() + OTHER_WEIGHTS * (repetition + 1))
        .checkpoint();
  }

  private LoadedModel tuned(Challenge challenge, Checkpoint start, int repetition)
      throws IOException {
    Path name = folder.resolve(challenge.name());
    TrainListener listener =
        new TrainListener() {
          @Override
          public void onStep(StepReport report) {
            stepsDone++;
            talk.progress(
                "fine-tuning",
                stepsDone,
                (long) runs * plan.fineTuneSteps(),
                String.format(Locale.ROOT, "%s, loss %.3f", challenge.name(), report.meanLoss()));
          }
        };
    return LoadedModel.of(
        name,
        challenge.learn(
            Electra.fineTune(LoadedModel.of(name, start))
                .with(any -> plan.fineTuning(repetition))
                .listening(listener)));
  }
}
