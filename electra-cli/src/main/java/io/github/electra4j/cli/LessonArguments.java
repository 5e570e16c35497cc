package io.github.electra4j.cli;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is to be learnt: tasks of benchmarks, or somebody's own files. */
@OptionGroup(OptionGroup.INPUT)
final class LessonArguments {
  private static final String OWN = "own";

  @Option(
      names = {"--task", "--tasks"},
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      split = ",",
      description = {
        "cola, sst, mrpc, sts, qqp, mnli, qnli, rte, wnli; squad (2.0), squadv1,",
        "newsqa, naturalqs, triviaqa, searchqa; chunk, ner, pos; swag, copa,",
        "response; intent; or several with commas. With --train, any of these",
        "tells the form of the files, and any other name is one for texts.",
        "  Default: own, with --train"
      })
  private List<String> tasks;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder of the benchmark or of the task.",
        "  Default: files of --train and --dev"
      })
  private Path data;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = {
        "Own data to learn from: .csv, .tsv or .jsonl, or the task's form.",
        "  Default: the task's in --data"
      })
  private Path train;

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description = {"Own data to be judged by.", "  Default: the task's in --data"})
  private Path dev;

  @Option(
      names = "--regression",
      description = "The labels of the own data are scores from 0 up, not classes.")
  private boolean regression;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = {
        "Use the first N examples of every split only; the result is no benchmark score.",
        "  Default: all"
      })
  private Integer limit;

  /** Takes the tasks from the original's settings, unless they were given as an option. */
  void assume(FinetuneHparams hparams) throws MalformedFileException {
    tasks = hparams.tasks(tasks);
  }

  /** Refuses options that contradict each other. */
  void check(OwnDataArguments columns) {
    boolean own = train != null || dev != null;
    if (own ? data != null || train == null || dev == null : data == null || tasks == null) {
      throw new WrongUsageException("Give --task and --data, or --train and --dev.");
    }
    if (!own && (columns.isGiven() || regression)) {
      throw new WrongUsageException(
          "Columns and --regression are for --train and --dev; the files of --data are known.");
    }
    if (own && tasks != null && tasks.size() > 1) {
      throw new WrongUsageException("With --train, there is one task; give it one name.");
    }
    Tasks.limit(limit);
  }

  /** Reads the data. */
  List<Lesson> read(OwnDataArguments columns, AnswerArguments answers) throws IOException {
    int most = Tasks.limit(limit);
    if (train == null) {
      return Lessons.named(tasks, data, most, answers.settings());
    }
    String name = tasks == null ? OWN : tasks.get(0);
    Optional<Lesson> other = OtherTasks.lesson(name, List.of(train, dev), answers.settings(), most);
    if (other.isPresent()) {
      return List.of(other.get());
    }
    return List.of(OwnData.lesson(name, List.of(train, dev), columns.where(), regression, most));
  }

  /** What shapes the run, under the names of the options. */
  Map<String, ?> named(OwnDataArguments columns) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("limit", limit == null ? "none" : limit);
    if (train != null) {
      named.putAll(OwnDataArguments.named(columns.where()));
    }
    return named;
  }
}
