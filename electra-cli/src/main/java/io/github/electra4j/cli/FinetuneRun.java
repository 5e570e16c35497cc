package io.github.electra4j.cli;

import io.github.electra4j.eval.DataFingerprint;
import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.CheckpointStore;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.FineTuner;
import io.github.electra4j.train.TrainingDivergedException;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** One run of fine-tuning, from text files to a model with a score. */
final class FinetuneRun {
  private static final int KEPT_STATES = 2;

  private final Console console;
  private final RunFolder folder;
  private final Request request;
  private final Curriculum curriculum;
  private final FineTuneConfig config;
  private Scored last = new Scored(-1, List.of());

  /**
   * What the user asked for.
   *
   * @param lessons tasks and their data
   * @param learning choices of learning
   * @param named further settings that shape the run, under the names of the options
   * @param overwrite whether a finished run is replaced and another unfinished one given up
   * @param pace when states are saved and scores taken
   * @param cache where features are kept, if anywhere
   */
  record Request(
      Lesson.Source lessons,
      LearningArguments learning,
      Map<String, ?> named,
      boolean overwrite,
      Pace pace,
      Optional<FeatureCache> cache) {}

  /**
   * When something is done on the way.
   *
   * @param saveSteps steps between saved states
   * @param evalSteps steps between evaluations besides those after every epoch
   * @param evalLimit most examples of dev that are scored before the end
   */
  record Pace(long saveSteps, long evalSteps, int evalLimit) {
    /** States every so many steps, scores of all of dev after every epoch. */
    static Pace usual(long saveSteps) {
      return new Pace(saveSteps, Long.MAX_VALUE, Integer.MAX_VALUE);
    }
  }

  /** The scores of all tasks after so many steps. */
  private record Scored(long step, List<SplitScore> scores) {}

  /** Where the model comes from, once it is known that it is needed. */
  interface Model {
    ModelSource read() throws IOException;
  }

  private FinetuneRun(
      Curriculum curriculum,
      Request request,
      RunFolder folder,
      FineTuneConfig config,
      Console console) {
    this.console = console;
    this.folder = folder;
    this.request = request;
    this.curriculum = curriculum;
    this.config = config;
  }

  /**
   * Reads data and model and checks everything that can be checked before hours of work; writes
   * nothing.
   */
  static FinetuneRun prepare(Model model, Request request, RunFolder folder, Console console)
      throws IOException {
    List<Lesson> lessons = request.lessons().read();
    ModelSource source = model.read();
    Checkpoint given = source.checkpoint();
    Checkpoint start =
        new Checkpoint(
            request.learning().withDropout(given.config()),
            given.heads(),
            given.weights(),
            given.text(),
            given.optimizer());
    FineTuneConfig config = request.learning().config(start.config(), lessons);
    Curriculum curriculum = Curriculum.of(lessons, source, start, config, request.cache());
    return new FinetuneRun(curriculum, request, folder, config, console);
  }

  /** The same run with another seed, into another folder. */
  FinetuneRun trial(long seed, RunFolder other) {
    return new FinetuneRun(curriculum, request, other, config.withSeed(seed), console);
  }

  /** The seed of everything random. */
  long seed() {
    return config.seed();
  }

  /** Says what is learnt from what. */
  void announce() {
    curriculum.remarks().forEach(console::say);
    console.say("Settings: " + settings());
  }

  /** Trains to the end or until asked to stop, going on from a saved state if there is one. */
  FineTuner.Result train(BooleanSupplier stop) throws IOException {
    List<TaskExample> examples = curriculum.training();
    try (CheckpointStore store = store()) {
      return train(examples, store, stop);
    }
  }

  private FineTuner.Result train(
      List<TaskExample> examples, CheckpointStore store, BooleanSupplier stop) throws IOException {
    FineTuner tuner =
        FineTuner.of(curriculum.start(), curriculum.heads(), config)
            .savingTo(store, request.pace().saveSteps())
            .evaluatingEvery(request.pace().evalSteps());
    long totalSteps = config.totalSteps(examples.size());
    long first = store.latestStep().orElse(0);
    console.say(
        "%s: %,d examples, %,d steps%s"
            .formatted(
                curriculum.name(),
                examples.size(),
                totalSteps,
                first == 0 ? "" : ", going on from step " + first));
    ProgressLine line = new ProgressLine(console, curriculum.name(), first, totalSteps);
    try (LossLog log = LossLog.open(folder.log(), first)) {
      LearningCurve curve = LearningCurve.open(folder, first, facts());
      return tuner.run(
          examples,
          new FinetuneProgress(
              new FinetuneProgress.Places(console, log, curve, line), stop, this::evaluate));
    } catch (TrainingDivergedException e) {
      store.delete();
      console.say("The losses up to there are in %s.".formatted(folder.log()));
      throw e;
    } catch (MalformedFileException e) { // nothing but saved states is read here
      throw MalformedFileException.saying(
          e.file(),
          "%s Delete that state to go on from the one before, or %s to start afresh."
              .formatted(e.getMessage(), folder.training()));
    }
  }

  /** The saved states of this run; those of another one are in the way. */
  private CheckpointStore store() throws IOException {
    try {
      return CheckpointStore.open(folder.training(), identity(), KEPT_STATES);
    } catch (MalformedFileException other) {
      if (!request.overwrite()) {
        throw other;
      }
      console.say("Giving up the unfinished run in %s.".formatted(folder.training()));
      folder.deleteTraining();
      return CheckpointStore.open(folder.training(), identity(), KEPT_STATES);
    }
  }

  private String settings() {
    return LearningArguments.named(config, curriculum.start().config()).entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("task", curriculum.name());
    facts.put("model", curriculum.modelName());
    facts.put("settings", settings() + ", seed " + config.seed());
    return facts;
  }

  /** The scores on dev: of the first examples before the last step, of all after it. */
  private FinetuneProgress.Evaluation evaluate(FineTunedModel model, long step, boolean done)
      throws IOException {
    List<SplitScore> scores = new ArrayList<>();
    List<MetricValue> metrics = new ArrayList<>();
    int examples = 0;
    boolean partial = false;
    for (Lesson lesson : curriculum.lessons()) {
      TaskSplit dev = done ? lesson.dev() : lesson.dev().first(request.pace().evalLimit());
      SplitScore score = curriculum.score(dev, model);
      scores.add(score);
      examples += dev.size();
      partial |= dev.partial();
      score.metrics().forEach(metric -> metrics.add(named(metric, lesson)));
    }
    last = new Scored(done ? step : -1, scores);
    return new FinetuneProgress.Evaluation(metrics, examples, partial);
  }

  private MetricValue named(MetricValue metric, Lesson lesson) {
    return curriculum.lessons().size() == 1
        ? metric
        : new MetricValue(
            lesson.task() + "." + metric.name(),
            metric.value(),
            metric.inPercent(),
            metric.higherIsBetter());
  }

  /**
   * A finished run.
   *
   * @param reports one per task
   * @param degenerate what is wrong with it, if anything
   */
  record Outcome(List<EvalReport> reports, Optional<String> degenerate) {}

  /**
   * Writes the model and its score, and removes the states of training; until then the run can go
   * on.
   */
  Outcome save(FineTuner.Result result) throws IOException {
    Checkpoint tuned = result.checkpoint();
    List<EvalReport> reports = new ArrayList<>();
    Optional<String> degenerate = FlatLoss.in(folder.log());
    for (int i = 0; i < curriculum.lessons().size(); i++) {
      Lesson lesson = curriculum.lessons().get(i);
      SplitScore score = last.step() == result.step() ? last.scores().get(i) : score(lesson, tuned);
      degenerate = score.degenerate().isPresent() ? score.degenerate() : degenerate;
      reports.add(Reports.of(lesson.dev(), score, origin(lesson, tuned)));
    }
    degenerate.ifPresent(
        what ->
            console.say(
                "This run is degenerate: %s. Try another --seed or a lower --learning-rate."
                    .formatted(what)));
    AtomicFile.write(
        folder.results(), Reports.json(reports).getBytes(StandardCharsets.UTF_8), true);
    AtomicFile.write(
        folder.card(), ModelCard.of(reports, tuned).getBytes(StandardCharsets.UTF_8), true);
    tuned.write(folder.model(), request.overwrite());
    folder.deleteTraining();
    console.say("Model: %s".formatted(folder.model()));
    return new Outcome(reports, degenerate);
  }

  private SplitScore score(Lesson lesson, Checkpoint tuned) throws IOException {
    try (FineTunedModel model = FineTunedModel.of(tuned, lesson.head())) {
      return curriculum.score(lesson.dev(), model);
    }
  }

  private Reports.Origin origin(Lesson lesson, Checkpoint tuned) {
    Map<String, Object> settings =
        new LinkedHashMap<>(LearningArguments.named(config, curriculum.start().config()));
    settings.putAll(request.named());
    return new Reports.Origin(
        curriculum.modelName(), tuned, settings, config.seed(), List.of(lesson.train().file()));
  }

  /** Everything that shapes the run. */
  Map<String, String> identity() throws IOException {
    Map<String, Object> all =
        new LinkedHashMap<>(LearningArguments.named(config, curriculum.start().config()));
    all.putAll(request.named());
    all.put("task", curriculum.name());
    all.put("seed", config.seed());
    for (Lesson lesson : curriculum.lessons()) {
      Path file = lesson.train().file();
      String key = curriculum.lessons().size() == 1 ? "train-data" : "train-data-" + lesson.task();
      all.put(key, DataFingerprint.of(file).sha256());
    }
    all.put("heads", curriculum.heads().stream().map(TaskHead::toString).toList());
    all.put("model", WeightFingerprint.of(curriculum.start().weights()));
    Map<String, String> identity = new TreeMap<>();
    all.forEach((key, value) -> identity.put(key, value.toString()));
    return identity;
  }
}
