package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.eval.MetricValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra score}: the official scores of anybody's predictions. */
@Command(
    name = "score",
    header = "Score anybody's prediction files; no model is needed.",
    description = {
      "SQuAD and MRQA: JSON from question id to answer. GLUE: a file with the columns index and",
      "prediction. Chunks, names, parts of speech: a CoNLL file with the predicted label last, and the",
      "right one before it unless --gold has it."
    },
    showDefaultValues = true)
@Examples({
  "electra score squad --gold dev-v2.0.json --predictions preds.json --null-odds odds.json",
  "electra score sst --gold glue --predictions SST-2.tsv",
  "electra score chunk --predictions out.txt"
})
@OptionGroup(OptionGroup.INPUT)
final class ScoreCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description =
          "squad (2.0), squadv1, newsqa, naturalqs, triviaqa, searchqa, a GLUE task, chunk, ner or"
              + " pos.")
  private String task;

  @Option(
      names = "--gold",
      paramLabel = "PATH",
      description = {
        "The right answers: file of the questions, GLUE folder, or CoNLL file.",
        "  Default: a column of a CoNLL file of predictions"
      })
  private Path gold;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      required = true,
      description = "What is to be scored.")
  private Path predictions;

  @Option(
      names = "--null-odds",
      paramLabel = "FILE",
      description = {
        "SQuAD 2.0: null odds by question id, for thresholds.",
        "  Default: answers are taken as they are"
      })
  private Path nullOdds;

  @Option(
      names = "--null-threshold",
      paramLabel = "ODDS",
      description = {"SQuAD 2.0: null odds above which there is no answer.", "  Default: -2.75"})
  private Double nullThreshold;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "dev",
      description = "GLUE: the split that was predicted.")
  private String split;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  ScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (nullThreshold != null && nullOdds == null) {
      throw new WrongUsageException("--null-threshold needs --null-odds.");
    }
    if (nullOdds != null && !task.equals("squad")) {
      throw new WrongUsageException("--null-odds are for squad; others have an answer always.");
    }
    InputFiles.existing(predictions);
    List<MetricValue> metrics = metrics();
    console.dataBlock(json ? toJson(metrics) : toTable(metrics));
    return ExitCode.OK;
  }

  private List<MetricValue> metrics() throws IOException {
    PredictionScores scores = new PredictionScores(predictions, console);
    if (OtherTasks.isTagging(task)) {
      return scores.tags(task, Optional.ofNullable(gold));
    }
    if (gold == null) {
      throw new WrongUsageException("Give --gold, the right answers.");
    }
    return QuestionTasks.has(task)
        ? scores.questions(task, gold, Optional.ofNullable(nullOdds), nullThreshold)
        : scores.glue(task, gold, split);
  }

  private static String toJson(List<MetricValue> metrics) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    metrics.forEach(metric -> root.put(metric.name(), metric.value()));
    return root.toPrettyString() + "\n";
  }

  private static String toTable(List<MetricValue> metrics) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Metric", "Value"));
    for (MetricValue metric : metrics) {
      String value = String.format(Locale.ROOT, "%.4f", metric.value());
      rows.add(List.of(metric.name(), metric.inPercent() ? value + " %" : value));
    }
    return TextTable.of(rows);
  }
}
