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
    headerHeading = "Examples:%n",
    header = {
      "  electra finetune models/small --task sst --data glue --output runs/sst",
      "  electra finetune electra_small.zip --task sts --data glue --output runs/sts --seed 1",
      "  electra finetune models/tiny --task rte --data glue --output runs/rte --learning-rate 5e-4%n"
    },
    description = {
      "Fine-tune a model on a GLUE task and evaluate it on dev. The output folder gets model/,",
      "results.json and log.csv. Ctrl-C saves the state; the same command goes on from it. The",
      "defaults are the original's."
    },
    showDefaultValues = true)
final class FinetuneCommand implements Callable<Integer> {
  private final Console console;
  private final Interruption interruption;

  @Parameters(paramLabel = "MODEL", description = "Pre-trained model or TensorFlow checkpoint.")
  private Path path;

  @Option(
      names = "--task",
      required = true,
      description = "cola, sst, mrpc, sts, qqp, mnli, qnli, rte or wnli.")
  private String task;

  @Option(names = "--data", required = true, description = "GLUE folder or the task's folder.")
  private Path data;

  @Option(names = "--output", required = true, description = "Folder of the run.")
  private Path output;

  @Mixin private LearningArguments learning;

  @Option(
      names = "--save-steps",
      paramLabel = "N",
      defaultValue = "500",
      description = "Save the state every N steps.")
  private long saveSteps;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Use the first N examples of every split only; the result is no benchmark score.")
  private Integer limit;

  @Option(names = "--overwrite", description = "Replace the run in the output folder.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON instead of a table.")
  private boolean json;

  FinetuneCommand(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public Integer call() throws IOException {
    RunFolder folder = new RunFolder(output);
    if (overwrite) {
      folder.deleteTraining();
    } else if (folder.isComplete()) {
      throw new FileAlreadyExistsException(
          output.toString(),
          null,
          "a run was completed here. Choose another output, or pass --overwrite to replace it.");
    }
    FinetuneRun run =
        FinetuneRun.prepare(
            ModelSource.read(path, console),
            new FinetuneRun.Request(task, data, limit, learning, overwrite, saveSteps),
            folder,
            console);
    interruption.watch();
    FineTuner.Result result = run.train(interruption::isRequested);
    if (!result.isComplete()) {
      console.say(
          "Stopped at step %d of %d; the state is saved in %s. Repeat the command to go on."
              .formatted(result.step(), result.totalSteps(), folder.training()));
      return ExitCode.INTERRUPTED;
    }
    EvalReport report = run.save(result);
    console.out().print(json ? report.toJson() : report.toTable());
    return ExitCode.OK;
  }
}
