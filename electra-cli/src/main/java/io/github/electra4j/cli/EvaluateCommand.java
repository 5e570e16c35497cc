package io.github.electra4j.cli;

import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.Featurizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra evaluate}: the score of a fine-tuned model. */
@Command(
    name = "evaluate",
    header = "Score a fine-tuned model on a split of its GLUE task.",
    description = "The metrics are the task's official ones.",
    showDefaultValues = true)
@Examples({
  "electra evaluate runs/sst --data glue",
  "electra evaluate runs/mnli --data glue --split dev_mismatched --json",
  "electra evaluate runs/sst --data glue --limit 100"
})
@OptionGroup(OptionGroup.INPUT)
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Fine-tuned model: a run or a model folder.")
  private Path path;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "GLUE folder or the task's folder.")
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "dev",
      description = "The split; it must have labels.")
  private String split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = {
        "Score the first N examples only; the result is no benchmark score.",
        "  Default: all"
      })
  private Integer limit;

  @Mixin private InferenceArguments inference;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {"Write the JSON here, too.", "  Default: not written"})
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(names = "--overwrite", description = "Replace the output file.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    inference.check();
    int most = Tasks.limit(limit);
    if (output != null && !overwrite && Files.exists(output)) {
      throw new FileAlreadyExistsException(output.toString());
    }
    ModelSource source = ModelSource.read(path, console);
    TaskHead head = Tasks.head(source.checkpoint(), inference.task(), path);
    GlueTask task = Tasks.glue(head, path);
    Tasks.requireSplit(task, split);
    GlueSplit examples = GlueReader.load(task, data, split, most);
    if (!examples.labelled()) {
      throw MalformedFileException.in(
          examples.file(),
          "it has no labels, so there is nothing to score. Use another --split, or electra predict.");
    }
    Featurizer featurizer = inference.featurizer(source, head);
    ProgressLine progress = new ProgressLine(console, "evaluating", 0, examples.examples().size());
    try (FineTunedModel model = FineTunedModel.of(source.checkpoint(), head)) {
      float[][] outputs =
          new Answers(head, featurizer, model)
              .outputs(examples.examples(), inference.batchSize(), done -> progress.at(done, ""));
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("max-seq-length", inference.maxSeqLength(source));
      config.put("batch-size", inference.batchSize());
      EvalReport report =
          Reports.of(
              examples, outputs, new Reports.Origin(source.name(), source.checkpoint(), config, 0));
      if (output != null) {
        AtomicFile.write(output, report.toJson().getBytes(StandardCharsets.UTF_8), overwrite);
      }
      console.dataBlock(json ? report.toJson() : report.toTable());
    }
    return ExitCode.OK;
  }
}
