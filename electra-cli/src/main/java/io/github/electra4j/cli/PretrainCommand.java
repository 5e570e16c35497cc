package io.github.electra4j.cli;

import io.github.electra4j.model.TextSettings;
import io.github.electra4j.tokenizer.MalformedVocabularyException;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.CheckpointStore;
import io.github.electra4j.train.corpus.ExampleShards;
import io.github.electra4j.train.flops.MachineSpeed;
import io.github.electra4j.train.masking.MaskingRules;
import io.github.electra4j.train.pretrain.ExampleSource;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import io.github.electra4j.train.pretrain.Pretrainer;
import io.github.electra4j.train.pretrain.StartingPoint;
import io.github.electra4j.train.report.RunLog;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra pretrain}: a model learns a language. */
@Command(
    name = "pretrain",
    header = "Pre-train a model on prepared examples.",
    description = {
      "The output folder gets model/, train.csv, eval.csv, events/ for TensorBoard and"
          + " report.html.",
      "Ctrl-C saves the state; the same command goes on from it, to the same result to the bit.",
      "With other examples, vocabulary or settings it refuses and names the difference."
    },
    showDefaultValues = true)
@Examples({
  "electra pretrain examples --output runs/small",
  "electra pretrain examples --output runs/more --init models/small --steps 50000",
  "electra pretrain examples --output runs/mlm --objective mlm --micro-batch 16"
})
final class PretrainCommand implements Callable<Integer> {
  private final Console console;
  private final Interruption interruption;

  @Parameters(
      paramLabel = "EXAMPLES",
      description =
          "Folder of electra prepare, or TFRecord files of the original, comma-separated.")
  private String examples;

  @Option(
      names = "--vocab",
      paramLabel = "FILE",
      description = {"Vocabulary.", "  Default: the one that electra prepare used"})
  @OptionGroup(OptionGroup.INPUT)
  private Path vocabulary;

  @Option(names = "--cased", description = "The vocabulary is for text in upper and lower case.")
  @OptionGroup(OptionGroup.INPUT)
  private boolean cased;

  @Mixin private AccentArguments accents;

  @Option(
      names = "--init",
      paramLabel = "MODEL",
      description = {
        "Model whose weights, and moments if it has any, are taken where they fit; the others are"
            + " new.",
        "  Default: new weights"
      })
  @OptionGroup(OptionGroup.INPUT)
  private Path init;

  @Option(
      names = "--keep-step",
      description =
          "Go on from the step of --init: to finish a run of the original's, or add steps to a"
              + " finished one. Otherwise the schedule begins anew.")
  @OptionGroup(OptionGroup.INPUT)
  private boolean keepStep;

  @Option(
      names = "--eval",
      paramLabel = "EXAMPLES",
      description = {"Held-out examples.", "  Default: no evaluation"})
  @OptionGroup(OptionGroup.INPUT)
  private String heldOut;

  @Option(
      names = "--then",
      paramLabel = "EXAMPLES",
      description = {
        "Other examples, usually longer ones, for the rest of the run.",
        "  Default: none"
      })
  @OptionGroup(OptionGroup.INPUT)
  private String then;

  @Option(
      names = "--then-from",
      paramLabel = "N",
      description = {"Step after which they are used.", "  Default: none"})
  @OptionGroup(OptionGroup.INPUT)
  private Long thenFrom;

  @Mixin private PretrainArguments learning;

  @Option(names = "--output", paramLabel = "DIR", required = true, description = "Run folder.")
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(
      names = "--save-steps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Save the state every N steps.")
  @OptionGroup(OptionGroup.OUTPUT)
  private long saveSteps;

  @Option(
      names = "--save-minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Save it also when N minutes have passed since.")
  @OptionGroup(OptionGroup.OUTPUT)
  private long saveMinutes;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "5",
      description = "Saved states to keep.")
  @OptionGroup(OptionGroup.OUTPUT)
  private int keep;

  @Option(
      names = "--eval-steps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Evaluate every N steps.")
  @OptionGroup(OptionGroup.OUTPUT)
  private long evalSteps;

  @Option(
      names = "--eval-examples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Most held-out examples to use.")
  @OptionGroup(OptionGroup.OUTPUT)
  private int evalExamples;

  PretrainCommand(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public Integer call() throws IOException {
    check();
    RunFolder folder = new RunFolder(output);
    folder.requireFolder();
    if (folder.isComplete()) {
      throw new FileAlreadyExistsException(
          output.toString(), null, "a run was finished here. Choose another output.");
    }
    ExampleTexts texts =
        ExampleTexts.of(examples, Optional.ofNullable(vocabulary), cased, accents.strip());
    try (ExampleShards shards = open(examples, texts);
        ExampleShards longer = then == null ? null : open(then, texts);
        ExampleShards held = heldOut == null ? null : open(heldOut, texts)) {
      Optional<InitialModel> other = initial(texts);
      long first = other.map(InitialModel::step).orElse(0L);
      requireBefore(first);
      PretrainRecipe recipe = recipe(texts, shards, other);
      StartingPoint start = start(recipe, texts, other);
      Pretrainer trainer =
          WrongUsageException.unlessUsable(
              () -> trainer(start, recipe, shards, longer, held).goingOnFrom(first));
      other.flatMap(model -> model.rate(recipe.learning())).ifPresent(console::say);
      Map<String, String> identity = identity(recipe, start, texts, first);
      identity.put("data", name(shards));
      if (longer != null) {
        identity.put("data.then", "%s from step %d on".formatted(name(longer), thenFrom));
      }
      return run(trainer, folder, identity, first);
    }
  }

  private static ExampleShards open(String places, ExampleTexts texts) throws IOException {
    texts.requireOf(places);
    ExampleShards shards = ExampleShards.open(places);
    try {
      texts.requireIds(shards, places);
      return shards;
    } catch (IOException | RuntimeException e) {
      shards.close();
      throw e;
    }
  }

  private Pretrainer trainer(
      StartingPoint start,
      PretrainRecipe recipe,
      ExampleShards shards,
      ExampleShards longer,
      ExampleShards held) {
    TextSettings text = start.checkpoint().text().orElseThrow();
    Pretrainer trainer =
        Pretrainer.of(
            start.checkpoint(), recipe.learning(), special(text), ExampleSource.of(shards));
    if (longer != null) {
      trainer = trainer.continuingWith(ExampleSource.of(longer), thenFrom);
    }
    return held == null
        ? trainer
        : trainer.evaluatingOn(ExampleSource.of(held), evalSteps, evalExamples);
  }

  private void check() {
    WrongUsageException.requirePositive("--save-steps", saveSteps);
    WrongUsageException.requirePositive("--save-minutes", saveMinutes);
    WrongUsageException.requirePositive("--keep", keep);
    WrongUsageException.requirePositive("--eval-steps", evalSteps);
    WrongUsageException.requirePositive("--eval-examples", evalExamples);
    if (keepStep && init == null) {
      throw new WrongUsageException("--keep-step needs --init, whose step it keeps.");
    }
    if ((then == null) != (thenFrom == null)) {
      throw new WrongUsageException("--then and --then-from go together; give both or none.");
    }
  }

  /** Refuses examples that others replace before the first step is made. */
  private void requireBefore(long first) {
    if (keepStep && then != null && thenFrom <= first) {
      throw new WrongUsageException(
          "The run goes on from step %d, but --then-from is %d, so %s would never be read. Give %s as EXAMPLES, without --then."
              .formatted(first, thenFrom, examples, then));
    }
  }

  private PretrainRecipe recipe(
      ExampleTexts texts, ExampleShards shards, Optional<InitialModel> other) throws IOException {
    BaseRecipe base = learning.base(other);
    base.remarks().forEach(console::say);
    base.requireLength(shards, examples);
    PretrainRecipe given = base.recipe();
    int rows = base.rows(texts, other.map(InitialModel::config));
    int pieces = texts.text().pieces();
    if (rows > pieces) {
      console.say(
          "The table of word embeddings has %,d rows for %,d pieces; the other rows are in no example."
              .formatted(rows, pieces));
    }
    PretrainRecipe fitted =
        given.withModel(given.model().withVocabSize(rows)).withMaxSeqLength(shards.seq());
    PretrainRecipe recipe = learning.recipe(fitted, base.weighsDiscriminator());
    console.say("Settings that differ from the preset %s:".formatted(base.presetName()));
    recipe.differencesFrom(base.preset()).forEach(line -> console.say("  " + line));
    long warmup = recipe.learning().warmupSteps();
    if (2 * warmup >= recipe.learning().totalSteps()) {
      console.say(
          "The warm-up of %,d of %,d steps takes up half of the run or more; --warmup-steps shortens it."
              .formatted(warmup, recipe.learning().totalSteps()));
    }
    return recipe;
  }

  /** The model to start from. */
  private Optional<InitialModel> initial(ExampleTexts texts) throws IOException {
    return init == null
        ? Optional.empty()
        : Optional.of(InitialModel.read(init, texts, keepStep, console));
  }

  private StartingPoint start(
      PretrainRecipe recipe, ExampleTexts texts, Optional<InitialModel> other) {
    if (other.isPresent()) {
      return other.get().start(recipe, texts, console);
    }
    long seed = recipe.learning().seed();
    StartingPoint start = StartingPoint.fresh(recipe.model(), Optional.of(texts.text()), seed);
    console.say("Starting weights: " + start.summary());
    return start;
  }

  private static MaskingRules.SpecialIds special(TextSettings text) {
    try {
      Vocabulary pieces = Vocabulary.read(text.vocabulary(), "the vocabulary");
      return new MaskingRules.SpecialIds(
          pieces.requireId("[CLS]"), pieces.requireId("[SEP]"), pieces.requireId("[MASK]"));
    } catch (MalformedVocabularyException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  /** Everything that shapes the run, but its data. */
  private Map<String, String> identity(
      PretrainRecipe recipe, StartingPoint start, ExampleTexts texts, long first) {
    Map<String, String> identity = new TreeMap<>();
    recipe.values().forEach((name, value) -> identity.put(name, value.toString()));
    identity.put("start", WeightFingerprint.of(start.checkpoint().weights()));
    start
        .checkpoint()
        .optimizer()
        .ifPresent(
            state ->
                identity.put(
                    "start.moments",
                    "%s, from step %d on".formatted(WeightFingerprint.of(state.slots()), first)));
    identity.put("vocabulary", texts.identity());
    return identity;
  }

  /** What examples are, wherever they lie. */
  private static String name(ExampleShards shards) throws IOException {
    return "%d examples of %d tokens, %s"
        .formatted(shards.size(), shards.seq(), shards.fingerprint());
  }

  private int run(Pretrainer trainer, RunFolder folder, Map<String, String> identity, long start)
      throws IOException {
    try (CheckpointStore store = CheckpointStore.open(folder.training(), identity, keep)) {
      return run(trainer, folder, identity, store, store.latestStep().orElse(start));
    }
  }

  private int run(
      Pretrainer trainer,
      RunFolder folder,
      Map<String, String> identity,
      CheckpointStore store,
      long first)
      throws IOException {
    long total = Long.parseLong(identity.get("learning.totalSteps"));
    ProgressLine line = new ProgressLine(console, "pretrain", first, total);
    interruption.watch();
    double ceiling = MachineSpeed.measure();
    Pretrainer.Result result;
    try (RunLog log = RunLog.open(output, first, identity, ceiling)) {
      PretrainProgress progress =
          new PretrainProgress(console, log, line, ceiling, interruption::isRequested);
      result =
          trainer
              .savingTo(store, saveSteps)
              .savingAtLeastEvery(Duration.ofMinutes(saveMinutes))
              .run(progress);
    }
    if (store.latestStep().isEmpty()) {
      console.say(
          "Stopped before the first update was made; nothing is learnt yet. Repeat the command to begin again.");
      return ExitCode.INTERRUPTED;
    }
    if (!result.isComplete()) {
      console.say(
          "Stopped at step %d of %d; the state is saved in %s. Repeat the command to go on."
              .formatted(result.step(), result.totalSteps(), folder.training()));
      return ExitCode.INTERRUPTED;
    }
    result.checkpoint().write(folder.model(), false);
    console.say(
        "Model: %s; its states with moments are in %s."
            .formatted(folder.model(), folder.training()));
    return ExitCode.OK;
  }
}
