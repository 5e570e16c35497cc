package io.github.electra4j.cli;

import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.FineTunedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra evaluate}: the scores of fine-tuned models. */
@Command(
    name = "evaluate",
    header = "Score fine-tuned models on a split of their tasks.",
    description = {
      "The metrics are the tasks' official ones. With --tasks, a model is either one with a head for",
      "each task, or a folder with a model per task, named like it."
    },
    showDefaultValues = true)
@Examples({
  "electra evaluate runs/sst --data glue",
  "electra evaluate runs --tasks sst,rte,mrpc --data glue --json",
  "electra evaluate runs/mine --test my_test.csv --fail-under accuracy=80"
})
@OptionGroup(OptionGroup.INPUT)
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      description = "Fine-tuned models: runs, model folders, or a folder of them with --tasks.")
  private List<Path> paths = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {"GLUE folder or the task's folder.", "  Default: the file of --test"})
  private Path data;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = {
        "Own data with labels: .csv, .tsv or .jsonl.",
        "  Default: the task's split in --data"
      })
  private Path test;

  @Mixin private OwnDataArguments columns;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = {"With --data: the split; it must have labels.", "  Default: dev"})
  private String split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = {
        "Score the first N examples only; the result is no benchmark score.",
        "  Default: all"
      })
  private Integer limit;

  @Option(
      names = {"--task", "--tasks"},
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description = {
        "Which task heads, if the model has several; with commas between them.",
        "  Default: the only one"
      })
  private List<String> tasks = List.of();

  @Mixin private InferenceArguments inference;

  @Option(
      names = "--fail-under",
      paramLabel = "METRIC=VALUE",
      showDefaultValue = Visibility.NEVER,
      description = {
        "End with exit code 4 if a metric is worse, e.g. accuracy or sst.accuracy.",
        "May be repeated.",
        "  Default: never"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Map<String, Double> failUnder = new LinkedHashMap<>();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = {"Keep features here, for later evaluations.", "  Default: nowhere"})
  @OptionGroup(OptionGroup.OUTPUT)
  private Path cache;

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description = {"Write every example's answer here, for compare.", "  Default: not written"})
  @OptionGroup(OptionGroup.OUTPUT)
  private Path samples;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {"Write the JSON here, too.", "  Default: not written"})
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(names = "--overwrite", description = "Replace output files.")
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
    check();
    List<EvalReport> reports = new ArrayList<>();
    if (samples == null) {
      evaluateAll(reports, Optional.empty());
    } else {
      try (SampleFile answers = SampleFile.create(samples, overwrite)) {
        evaluateAll(reports, Optional.of(answers));
        answers.commit();
      }
    }
    String text = Reports.json(reports);
    if (output != null) {
      AtomicFile.write(output, text.getBytes(StandardCharsets.UTF_8), overwrite);
    }
    Thresholds thresholds = new Thresholds(failUnder);
    thresholds.requireKnown(reports);
    console.dataBlock(json ? text : EvalReport.table(reports));
    List<String> failures = thresholds.failures(reports);
    failures.forEach(console::say);
    return failures.isEmpty() ? ExitCode.OK : ExitCode.BELOW_THRESHOLD;
  }

  private void check() throws IOException {
    inference.check();
    Tasks.limit(limit);
    if ((data == null) == (test == null)) {
      throw new WrongUsageException("Give --data, with or without --split, or --test.");
    }
    if (test == null ? columns.isGiven() : split != null) {
      throw new WrongUsageException("--split is for --data, and columns are for --test.");
    }
    for (Path file : new Path[] {output, samples}) {
      if (file != null && !overwrite && Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
  }

  private void evaluateAll(List<EvalReport> reports, Optional<SampleFile> answers)
      throws IOException {
    for (Candidate candidate : Candidate.all(paths, tasks, console)) {
      evaluate(candidate, reports, answers);
    }
  }

  private void evaluate(Candidate candidate, List<EvalReport> reports, Optional<SampleFile> answers)
      throws IOException {
    ModelSource source = candidate.source();
    TaskSplit examples = split(candidate);
    Optional<FeatureCache> features =
        Optional.ofNullable(cache).map(place -> new FeatureCache(place, console));
    Reading reading = inference.reading(source, features);
    ProgressLine progress = new ProgressLine(console, candidate.head().task(), 0, examples.size());
    try (FineTunedModel model = FineTunedModel.of(source.checkpoint(), candidate.head())) {
      SplitScore score =
          examples.score(model, reading, new Watch(candidate.head().task(), progress, answers));
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("max-seq-length", reading.maxSeqLength());
      config.put("batch-size", reading.batchSize());
      reports.add(
          Reports.of(
              examples, score, new Reports.Origin(source.name(), source.checkpoint(), config, 0)));
    }
  }

  /** Shows how far it is, and writes the answers where they are wanted. */
  private record Watch(String task, ProgressLine line, Optional<SampleFile> answers)
      implements ScoreListener {
    @Override
    public void onProgress(int done) {
      line.at(done, "");
    }

    @Override
    public void onAnswer(Sample sample) throws IOException {
      if (answers.isPresent()) {
        answers.get().add(task, sample);
      }
    }
  }

  private TaskSplit split(Candidate candidate) throws IOException {
    int most = Tasks.limit(limit);
    return test == null
        ? TaskSplits.benchmark(candidate, data, split == null ? "dev" : split, most)
        : TaskSplits.own(candidate, test, columns, most);
  }
}
