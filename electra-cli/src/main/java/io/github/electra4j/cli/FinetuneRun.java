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
import io.github.electra4j.train.CheckpointStore;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.FineTuner;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TextExample;
import io.github.electra4j.train.task.UnorderedPairs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

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
   * @param overwrite whether a finished run may be replaced
   * @param saveSteps steps between saved states
   */
  record Request(
      String task,
      Path data,
      Integer limit,
      LearningArguments learning,
      boolean overwrite,
      long saveSteps) {}

  private FinetuneRun(ModelSource model, Request request, RunFolder folder, Console console)
      throws IOException {
    GlueTask task = GlueTask.named(request.task());
    this.console = console;
    this.folder = folder;
    this.request = request;
    this.modelName = model.name();
    Checkpoint given = model.checkpoint();
    this.start =
        new Checkpoint(
            request.learning().withDropout(given.config()),
            given.heads(),
            given.weights(),
            given.text(),
            given.optimizer());
    this.head = Tasks.head(task);
    this.config = request.learning().config(start.config(), task);
    this.featurizer = new Featurizer(model.tokenizer(), head, config.maxSeqLength());
    int limit = request.limit() == null ? GlueReader.ALL : request.limit();
    this.train = GlueReader.load(task, request.data(), "train", limit);
    this.dev = GlueReader.load(task, request.data(), "dev", limit);
  }

  /** Reads data and checks everything that can be checked before hours of work. */
  static FinetuneRun prepare(ModelSource model, Request request, RunFolder folder, Console console)
      throws IOException {
    return new FinetuneRun(model, request, folder, console);
  }

  /** Trains to the end or until asked to stop, going on from a saved state if there is one. */
  FineTuner.Result train(BooleanSupplier stop) throws IOException {
    List<TextExample> texts =
        train.task().training().bothOrders()
            ? UnorderedPairs.doubled(train.examples())
            : train.examples();
    List<TaskExample> examples = featurizer.examples(texts);
    CheckpointStore store = CheckpointStore.open(folder.training(), identity(), KEPT_STATES);
    FineTuner tuner = FineTuner.of(start, head, config).savingTo(store, request.saveSteps());
    long totalSteps = config.totalSteps(examples.size());
    long first = store.latestStep().orElse(0);
    console.say(
        "%s: %,d examples, %,d steps%s; %s"
            .formatted(
                train.task().name(),
                examples.size(),
                totalSteps,
                first == 0 ? "" : ", going on from step " + first,
                LearningArguments.named(config, start.config())));
    try (LossLog log = LossLog.open(folder.log(), first);
        FinetuneProgress progress =
            new FinetuneProgress(
                console,
                log,
                new ProgressLine(console, train.task().name(), first, totalSteps),
                stop,
                this::devMetrics)) {
      return tuner.run(examples, progress);
    }
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

  /** Writes the model and its score, and removes the states of training. */
  EvalReport save(FineTuner.Result result) throws IOException {
    Checkpoint tuned = result.checkpoint();
    tuned.write(folder.model(), request.overwrite());
    EvalReport report;
    try (FineTunedModel model = FineTunedModel.of(tuned, head)) {
      report = report(model, tuned);
    }
    AtomicFile.write(folder.results(), report.toJson().getBytes(StandardCharsets.UTF_8), true);
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
