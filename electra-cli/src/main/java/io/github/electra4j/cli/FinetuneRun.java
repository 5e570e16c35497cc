package io.github.electra4j.cli;

import io.github.electra4j.eval.DataFingerprint;
import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.eval.Scoring;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.CheckpointStore;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.FineTuner;
import io.github.electra4j.train.TrainingDivergedException;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TextExample;
import io.github.electra4j.train.task.UnorderedPairs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** One run of fine-tuning, from text files to a model with a score. */
final class FinetuneRun {
  private static final int KEPT_STATES = 2;
  private static final int EVAL_BATCH = 32;

  private final Console console;
  private final RunFolder folder;
  private final Request request;
  private final String modelName;
  private final Checkpoint start;
  private final TaskHead head;
  private final FineTuneConfig config;
  private final Featurizer featurizer;
  private final GlueSplit train;
  private final GlueSplit dev;

  /**
   * What the user asked for.
   *
   * @param task name of the task
   * @param data folder of the data
   * @param limit most examples per split, or null
   * @param learning choices of learning
   * @param overwrite whether a finished run is replaced and another unfinished one given up
   * @param saveSteps steps between saved states
   */
  record Request(
      String task,
      Path data,
      Integer limit,
      LearningArguments learning,
      boolean overwrite,
      long saveSteps) {}

  /** Where the model comes from, once it is known that it is needed. */
  interface Model {
    ModelSource read() throws IOException;
  }

  private FinetuneRun(
      ModelSource model, List<GlueSplit> splits, Request request, RunFolder folder, Console console)
      throws IOException {
    this.console = console;
    this.folder = folder;
    this.request = request;
    this.train = splits.get(0);
    this.dev = splits.get(1);
    this.modelName = model.name();
    Checkpoint given = model.checkpoint();
    this.start =
        new Checkpoint(
            request.learning().withDropout(given.config()),
            given.heads(),
            given.weights(),
            given.text(),
            given.optimizer());
    this.head = Tasks.head(train.task());
    this.config = request.learning().config(start.config(), train.task());
    this.featurizer = new Featurizer(model.tokenizer(), head, config.maxSeqLength());
  }

  /**
   * Reads data and model and checks everything that can be checked before hours of work; writes
   * nothing.
   */
  static FinetuneRun prepare(Model model, Request request, RunFolder folder, Console console)
      throws IOException {
    GlueTask task = WrongUsageException.unlessUsable(() -> GlueTask.named(request.task()));
    int limit = Tasks.limit(request.limit());
    List<GlueSplit> splits = new ArrayList<>();
    for (String split : List.of("train", "dev")) {
      Tasks.requireSplit(task, split);
      splits.add(GlueReader.load(task, request.data(), split, limit));
    }
    return new FinetuneRun(model.read(), splits, request, folder, console);
  }

  /** Trains to the end or until asked to stop, going on from a saved state if there is one. */
  FineTuner.Result train(BooleanSupplier stop) throws IOException {
    List<TextExample> texts =
        train.task().training().bothOrders()
            ? UnorderedPairs.doubled(train.examples())
            : train.examples();
    List<TaskExample> examples = featurizer.examples(texts);
    CheckpointStore store = store();
    FineTuner tuner = FineTuner.of(start, head, config).savingTo(store, request.saveSteps());
    long totalSteps = config.totalSteps(examples.size());
    long first = store.latestStep().orElse(0);
    console.say(
        "%s: %,d examples, %,d steps%s"
            .formatted(
                train.task().name(),
                examples.size(),
                totalSteps,
                first == 0 ? "" : ", going on from step " + first));
    console.say("Settings: " + settings());
    ProgressLine line = new ProgressLine(console, train.task().name(), first, totalSteps);
    try (LossLog log = LossLog.open(folder.log(), first)) {
      return tuner.run(examples, new FinetuneProgress(console, log, line, stop, this::devMetrics));
    } catch (TrainingDivergedException e) {
      folder.deleteTraining();
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
    return LearningArguments.named(config, start.config()).entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private List<MetricValue> devMetrics(FineTunedModel model) {
    return Scoring.score(dev, devOutputs(model));
  }

  private float[][] devOutputs(FineTunedModel model) {
    return new Answers(head, featurizer, model).outputs(dev.examples(), EVAL_BATCH, done -> {});
  }

  private EvalReport report(FineTunedModel model, Checkpoint checkpoint) throws IOException {
    Map<String, Object> settings = LearningArguments.named(config, start.config());
    settings.put("limit", request.limit() == null ? "none" : request.limit());
    return Reports.of(
        dev,
        devOutputs(model),
        new Reports.Origin(modelName, checkpoint, settings, config.seed(), List.of(train.file())));
  }

  /**
   * Writes the model and its score, and removes the states of training; until then the run can go
   * on.
   */
  EvalReport save(FineTuner.Result result) throws IOException {
    Checkpoint tuned = result.checkpoint();
    EvalReport report;
    try (FineTunedModel model = FineTunedModel.of(tuned, head)) {
      report = report(model, tuned);
    }
    AtomicFile.write(folder.results(), report.toJson().getBytes(StandardCharsets.UTF_8), true);
    tuned.write(folder.model(), request.overwrite());
    folder.deleteTraining();
    console.say("Model: %s".formatted(folder.model()));
    return report;
  }

  /** Everything that shapes the run. */
  private Map<String, String> identity() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(LearningArguments.named(config, start.config()));
    all.put("task", train.task().name());
    all.put("seed", config.seed());
    all.put("limit", request.limit() == null ? "none" : request.limit());
    all.put("train-data", DataFingerprint.of(train.file()).sha256());
    all.put("model", WeightFingerprint.of(start.weights()));
    Map<String, String> identity = new TreeMap<>();
    all.forEach((key, value) -> identity.put(key, value.toString()));
    return identity;
  }
}
