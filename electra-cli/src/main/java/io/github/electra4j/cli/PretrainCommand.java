package io.github.electra4j.cli;

import io.github.electra4j.model.TextSettings;
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
      "The output folder gets model/, train.csv, eval.csv, events/ for TensorBoard and report.html.",
      "Ctrl-C saves the state; the same command goes on from it, to the same result to the bit.",
      "With other examples, vocabulary or settings it refuses and names the difference."
    },
    showDefaultValues = true)
@Examples({
  "electra pretrain examples --vocab vocab.txt --output runs/small",
  "electra pretrain examples --vocab vocab.txt --output runs/tiny --init models/small --steps 50000",
  "electra pretrain examples --vocab vocab.txt --output runs/mlm --objective mlm --micro-batch 16"
})
final class PretrainCommand implements Callable<Integer> {
  private final Console console;
  private final Interruption interruption;

  @Parameters(
      paramLabel = "EXAMPLES",
      description =
          "Folder of electra prepare, or TFRecord files of the original, comma-separated.")
  private String examples;

  @Option(names = "--vocab", paramLabel = "FILE", required = true, description = "Vocabulary.")
  @OptionGroup(OptionGroup.INPUT)
  private Path vocabulary;

  @Option(names = "--cased", description = "The vocabulary is for text in upper and lower case.")
  @OptionGroup(OptionGroup.INPUT)
  private boolean cased;

  @Option(
      names = "--init",
      paramLabel = "MODEL",
      description = {
        "Model whose weights are taken where they fit; the others are new.",
        "  Default: new weights"
      })
  @OptionGroup(OptionGroup.INPUT)
  private Path init;

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
    TextSettings text = ModelSource.vocabulary(vocabulary, cased);
    try (ExampleShards shards = ExampleShards.open(examples);
        ExampleShards longer = then == null ? null : ExampleShards.open(then);
        ExampleShards held = heldOut == null ? null : ExampleShards.open(heldOut)) {
      PretrainRecipe recipe = recipe(text, shards.seq());
      StartingPoint start = start(recipe, text);
      Pretrainer trainer =
          Pretrainer.of(
              start.checkpoint(), recipe.learning(), special(text), ExampleSource.of(shards));
      if (longer != null) {
        trainer = trainer.continuingWith(ExampleSource.of(longer), thenFrom);
      }
      if (held != null) {
        trainer = trainer.evaluatingOn(ExampleSource.of(held), evalSteps, evalExamples);
      }
      Map<String, String> identity = identity(recipe, start, text);
      identity.put("data", name(shards));
      if (longer != null) {
        identity.put("data.then", "%s from step %d on".formatted(name(longer), thenFrom));
      }
      return run(trainer, folder, identity);
    }
  }

  private void check() {
    WrongUsageException.requirePositive("--save-steps", saveSteps);
    WrongUsageException.requirePositive("--keep", keep);
    WrongUsageException.requirePositive("--eval-steps", evalSteps);
    WrongUsageException.requirePositive("--eval-examples", evalExamples);
    if ((then == null) != (thenFrom == null)) {
      throw new WrongUsageException("--then and --then-from go together; give both or none.");
    }
  }

  private PretrainRecipe recipe(TextSettings text, int seq) throws IOException {
    PretrainRecipe base = learning.base();
    PretrainRecipe fitted =
        base.withModel(base.model().withVocabSize(text.pieces())).withMaxSeqLength(seq);
    PretrainRecipe recipe = learning.recipe(fitted);
    console.say("Settings that differ from the preset:");
    recipe.differencesFrom(base).forEach(line -> console.say("  " + line));
    return recipe;
  }

  private StartingPoint start(PretrainRecipe recipe, TextSettings text) throws IOException {
    StartingPoint start =
        init == null
            ? StartingPoint.fresh(recipe.model(), Optional.of(text), recipe.learning().seed())
            : StartingPoint.from(
                ModelSource.read(init, console).checkpoint().withText(text),
                recipe.model(),
                recipe.learning().seed());
    console.say("Starting weights: " + start.summary());
    if (init != null) {
      start.details().forEach(line -> console.say("  " + line));
    }
    return start;
  }

  private MaskingRules.SpecialIds special(TextSettings text) throws IOException {
    Vocabulary pieces = Vocabulary.read(text.vocabulary(), vocabulary.toString());
    return WrongUsageException.unlessUsable(
        () ->
            new MaskingRules.SpecialIds(
                pieces.requireId("[CLS]"), pieces.requireId("[SEP]"), pieces.requireId("[MASK]")));
  }

  /** Everything that shapes the run, but its data. */
  private static Map<String, String> identity(
      PretrainRecipe recipe, StartingPoint start, TextSettings text) {
    Map<String, String> identity = new TreeMap<>();
    recipe.values().forEach((name, value) -> identity.put(name, value.toString()));
    identity.put("start", WeightFingerprint.of(start.checkpoint().weights()));
    identity.put(
        "vocabulary",
        "%d pieces for %s text, %s"
            .formatted(
                text.pieces(),
                text.lowerCase() ? "lower-case" : "cased",
                WeightFingerprint.of(text.vocabulary())));
    return identity;
  }

  /** What examples are, wherever they lie. */
  private static String name(ExampleShards shards) throws IOException {
    return "%d examples of %d tokens, %s"
        .formatted(shards.size(), shards.seq(), shards.fingerprint());
  }

  private int run(Pretrainer trainer, RunFolder folder, Map<String, String> identity)
      throws IOException {
    try (CheckpointStore store = CheckpointStore.open(folder.training(), identity, keep)) {
      return run(trainer, folder, identity, store);
    }
  }

  private int run(
      Pretrainer trainer, RunFolder folder, Map<String, String> identity, CheckpointStore store)
      throws IOException {
    long first = store.latestStep().orElse(0);
    long total = Long.parseLong(identity.get("learning.totalSteps"));
    ProgressLine line = new ProgressLine(console, "pretrain", first, total);
    interruption.watch();
    double ceiling = MachineSpeed.measure();
    Pretrainer.Result result;
    try (RunLog log = RunLog.open(output, first, identity, ceiling)) {
      PretrainProgress progress =
          new PretrainProgress(console, log, line, ceiling, interruption::isRequested);
      result = trainer.savingTo(store, saveSteps).run(progress);
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
