package io.github.electra4j.cli;

import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.train.FineTuner;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra finetune}: a model learns a task. */
@Command(
    name = "finetune",
    header = "Fine-tune a model on a GLUE task and evaluate it on dev.",
    description = {
      "The output folder gets model/, results.json and log.csv. Ctrl-C saves the state; the same",
      "command goes on from it, to the same result. The defaults are the original's."
    },
    showDefaultValues = true)
@Examples({
  "electra finetune models/small --task sst --data glue --output runs/sst",
  "electra finetune electra_small.zip --task sts --data glue --output runs/sts --seed 1",
  "electra finetune models/tiny --task rte --data glue --output runs/rte --learning-rate 5e-4"
})
final class FinetuneCommand implements Callable<Integer> {
  private final Console console;
  private final Interruption interruption;

  @Parameters(paramLabel = "MODEL", description = "Pre-trained model or TensorFlow checkpoint.")
  private Path path;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      required = true,
      description = "cola, sst, mrpc, sts, qqp, mnli, qnli, rte or wnli.")
  @OptionGroup(OptionGroup.INPUT)
  private String task;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "GLUE folder or the task's folder.")
  @OptionGroup(OptionGroup.INPUT)
  private Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = {
        "Use the first N examples of every split only; the result is no benchmark score.",
        "  Default: all"
      })
  @OptionGroup(OptionGroup.INPUT)
  private Integer limit;

  @Mixin private LearningArguments learning;

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
      names = "--overwrite",
      description =
          "Replace a finished run in the output folder, and give up an unfinished one that had other"
              + " settings.")
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
    WrongUsageException.requirePositive("--save-steps", saveSteps);
    RunFolder folder = new RunFolder(output);
    folder.requireFolder();
    if (folder.isComplete() && !overwrite) {
      throw new FileAlreadyExistsException(
          output.toString(),
          null,
          "a run was finished here. Choose another output, or pass --overwrite to replace it.");
    }
    FinetuneRun.Request request =
        new FinetuneRun.Request(task, data, limit, learning, overwrite, saveSteps);
    FinetuneRun run =
        FinetuneRun.prepare(() -> ModelSource.read(path, console), request, folder, console);
    interruption.watch();
    FineTuner.Result result = run.train(interruption::isRequested);
    if (!result.isComplete()) {
      console.say(
          "Stopped at step %d of %d; the state is saved in %s. Repeat the command to go on."
              .formatted(result.step(), result.totalSteps(), folder.training()));
      return ExitCode.INTERRUPTED;
    }
    EvalReport report = run.save(result);
    console.dataBlock(json ? report.toJson() : report.toTable());
    return ExitCode.OK;
  }
}
