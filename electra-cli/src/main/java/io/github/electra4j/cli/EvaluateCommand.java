package io.github.electra4j.cli;

import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.Featurizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    headerHeading = "Examples:%n",
    header = {
      "  electra evaluate runs/sst --data glue",
      "  electra evaluate runs/mnli --data glue --split dev_mismatched --json",
      "  electra evaluate runs/sst --data glue --limit 100%n"
    },
    description = {
      "Evaluate a fine-tuned model on a split of its GLUE task with the task's official metrics."
    },
    showDefaultValues = true)
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Fine-tuned model: a run or a model folder.")
  private Path path;

  @Option(names = "--data", required = true, description = "GLUE folder or the task's folder.")
  private Path data;

  @Option(names = "--split", defaultValue = "dev", description = "The split.")
  private String split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Score the first N examples only; the result is no benchmark score.")
  private Integer limit;

  @Mixin private InferenceArguments inference;

  @Option(names = "--output", paramLabel = "FILE", description = "Write the JSON here, too.")
  private Path output;

  @Option(names = "--overwrite", description = "Replace the output file.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelSource source = ModelSource.read(path, console);
    TaskHead head = Tasks.head(source.checkpoint(), inference.task(), path);
    GlueTask task = GlueTask.named(head.task());
    GlueSplit examples = GlueReader.load(task, data, split, limit == null ? GlueReader.ALL : limit);
    int length = inference.maxSeqLength(source);
    Featurizer featurizer = new Featurizer(source.tokenizer(), head, length);
    ProgressLine progress = new ProgressLine(console, "evaluating", 0, examples.examples().size());
    try (FineTunedModel model = FineTunedModel.of(source.checkpoint(), head)) {
      float[][] outputs =
          new Answers(head, featurizer, model)
              .outputs(examples.examples(), inference.batchSize(), done -> progress.at(done, ""));
      progress.end();
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("max-seq-length", length);
      config.put("batch-size", inference.batchSize());
      EvalReport report =
          Reports.of(
              examples, outputs, new Reports.Origin(source.name(), source.checkpoint(), config, 0));
      if (output != null) {
        AtomicFile.write(output, report.toJson().getBytes(StandardCharsets.UTF_8), overwrite);
      }
      console.out().print(json ? report.toJson() : report.toTable());
    }
    return ExitCode.OK;
  }
}
