package io.github.electra4j.cli;

import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.train.FineTuner;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra finetune}: a model learns a task. */
@Command(
    name = "finetune",
    header = "Fine-tune a model on a task or on own data, and evaluate it on dev.",
    description = {
      "The output folder gets model/, model-card.md, results.json, log.csv, eval.csv and report.html",
      "with the curves, or with --trials a folder of this kind per trial and trials.json. Ctrl-C saves",
      "the state; the same command goes on from it, to the same result. The defaults are the",
      "original's. Several tasks are learnt together, each as often as it has examples. A model that",
      "was fine-tuned for another task keeps its encoder."
    },
    showDefaultValues = true)
@Examples({
  "electra finetune models/small --task sst --data glue --output runs/sst",
  "electra finetune models/small --train my.csv --dev my_dev.csv --output runs/mine --trials 5",
  "electra finetune runs/mnli --tasks rte,mrpc --data glue --output runs/both",
  "electra finetune models/small --hparams hparams.json --data glue --output runs/theirs"
})
final class FinetuneCommand implements Callable<Integer> {
  private final Console console;
  private final Interruption interruption;

  @Parameters(
      paramLabel = "MODEL",
      description = "Pre-trained or fine-tuned model: a folder, TensorFlow or HuggingFace.")
  private Path path;

  @Mixin private LessonArguments lessons;
  @Mixin private OwnDataArguments columns;
  @Mixin private LearningArguments learning;
  @Mixin private AnswerArguments answers;

  @Option(
      names = "--hparams",
      paramLabel = "JSON",
      description = {
        "Settings of the original's run_finetuning.py: a file whose name ends in .json, or the",
        "object itself. What is given as an option counts more; folders in it are not looked at.",
        "  Default: none"
      })
  @OptionGroup(OptionGroup.OPTIMISATION)
  private String hparams;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = {
        "Runs that differ by their seed alone, with statistics of the scores.",
        "  Default: 1"
      })
  @OptionGroup(OptionGroup.OPTIMISATION)
  private Integer trials;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the run.")
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(
      names = "--save-steps",
      paramLabel = "N",
      defaultValue = "500",
      description = "Save the state every N steps.")
  @OptionGroup(OptionGroup.OUTPUT)
  private long saveSteps;

  @Option(
      names = "--eval-steps",
      paramLabel = "N",
      description = {
        "Score on dev every N steps, too, into eval.csv and report.html.",
        "  Default: after every epoch only"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Long evalSteps;

  @Option(
      names = "--eval-limit",
      paramLabel = "N",
      description = {
        "Until the end, score the first N examples of dev only; these scores are marked PARTIAL.",
        "  Default: all"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Integer evalLimit;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = {"Keep features here, for later runs.", "  Default: nowhere"})
  @OptionGroup(OptionGroup.OUTPUT)
  private Path cache;

  @Option(
      names = "--overwrite",
      description =
          "Replace a finished run in the output folder, and give up an unfinished one that had"
              + " other settings.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON instead of a table.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  FinetuneCommand(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public Integer call() throws IOException {
    assumeHparams();
    WrongUsageException.requirePositive("--save-steps", saveSteps);
    WrongUsageException.requirePositive("--trials", trials);
    WrongUsageException.requirePositive("--eval-steps", evalSteps == null ? 1 : evalSteps);
    WrongUsageException.requirePositive("--eval-limit", evalLimit == null ? 1 : evalLimit);
    lessons.check(columns);
    RunFolder folder = new RunFolder(output);
    folder.requireFolder();
    if (trials == 1 && folder.isComplete() && !overwrite) {
      throw new FileAlreadyExistsException(
          output.toString(),
          null,
          "a run was finished here. Choose another output, or pass --overwrite to replace it.");
    }
    FinetuneRun run =
        FinetuneRun.prepare(() -> ModelSource.read(path, console), request(), folder, console);
    run.announce();
    interruption.watch();
    return trials == 1 ? single(run, folder) : several(run);
  }

  /** From here on every choice of the original's settings stands where its option does. */
  private void assumeHparams() throws IOException {
    if (hparams != null) {
      FinetuneHparams given = FinetuneHparams.read(hparams);
      lessons.assume(given);
      learning.assume(given);
      answers.assume(given);
      trials = given.integer(trials, "num_trials");
    }
    trials = trials == null ? Integer.valueOf(1) : trials;
  }

  private FinetuneRun.Request request() {
    Map<String, Object> named = new LinkedHashMap<>(lessons.named(columns));
    Optional<FeatureCache> features =
        Optional.ofNullable(cache).map(place -> new FeatureCache(place, console));
    return new FinetuneRun.Request(
        () -> lessons.read(columns, answers), learning, named, overwrite, pace(), features);
  }

  private FinetuneRun.Pace pace() {
    return new FinetuneRun.Pace(
        saveSteps,
        evalSteps == null ? Long.MAX_VALUE : evalSteps,
        evalLimit == null ? Integer.MAX_VALUE : evalLimit);
  }

  private int single(FinetuneRun run, RunFolder folder) throws IOException {
    FineTuner.Result result = run.train(interruption::isRequested);
    if (!result.isComplete()) {
      console.say(
          "Stopped at step %d of %d; the state is saved in %s. Repeat the command to go on."
              .formatted(result.step(), result.totalSteps(), folder.training()));
      return ExitCode.INTERRUPTED;
    }
    List<EvalReport> reports = run.save(result).reports();
    console.dataBlock(json ? Reports.json(reports) : EvalReport.table(reports));
    return ExitCode.OK;
  }

  private int several(FinetuneRun run) throws IOException {
    Optional<TrialsReport> report =
        Trials.run(run, trials, new TrialsFolder(output), console, interruption::isRequested);
    if (report.isEmpty()) {
      console.say(
          "Stopped; the state is saved in %s. Repeat the command to go on.".formatted(output));
      return ExitCode.INTERRUPTED;
    }
    console.dataBlock(json ? report.get().toJson() : report.get().toTable());
    return ExitCode.OK;
  }
}
