package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.ClassTarget;
import io.github.electra4j.eval.dataset.Columns;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.dataset.LabelInference;
import io.github.electra4j.eval.dataset.OwnTexts;
import io.github.electra4j.eval.dataset.ScoreTarget;
import io.github.electra4j.eval.dataset.Split;
import io.github.electra4j.eval.dataset.TableFormat;
import io.github.electra4j.eval.dataset.TableReader;
import io.github.electra4j.eval.dataset.Target;
import io.github.electra4j.eval.dataset.TextColumns;
import io.github.electra4j.eval.dataset.TrainingDefaults;
import io.github.electra4j.eval.metric.Accuracy;
import io.github.electra4j.eval.metric.F1;
import io.github.electra4j.eval.metric.MatthewsCorrelation;
import io.github.electra4j.eval.metric.MeanSquaredError;
import io.github.electra4j.eval.metric.Metric;
import io.github.electra4j.eval.metric.Pearson;
import io.github.electra4j.eval.metric.Spearman;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Somebody's own texts with classes or scores, as what is learnt and scored. */
final class OwnData {
  private static final int MOST_LABELS_SHOWN = 5;

  private OwnData() {}

  /**
   * The texts of a file.
   *
   * @param partial whether texts are left beyond a limit
   */
  private record Texts(Path file, List<TextExample> examples, boolean partial) {
    /** Reads at most {@code limit} texts; their labels must be known if there is a target. */
    private static Texts read(Path file, TextColumns columns, Optional<Target> target, int limit)
        throws IOException {
      format(file);
      int most = limit == Integer.MAX_VALUE ? limit : limit + 1;
      List<TextExample> read =
          target.isPresent()
              ? OwnTexts.read(file, columns, target.get(), most)
              : OwnTexts.read(file, columns, most);
      boolean partial = read.size() > limit;
      return new Texts(file, partial ? read.subList(0, limit) : read, partial);
    }

    private TextSplit split(TaskHead head, String name) {
      return new TextSplit(
          new GlueSplit(task(head), name, file, true, partial, examples, List.of()), head, false);
    }
  }

  /**
   * The lesson of a training file and a file to be judged by.
   *
   * @param task name of the head
   * @param scores whether the labels are scores and not classes
   * @param limit most texts of each
   */
  static Lesson lesson(
      String task, List<Path> files, TextColumns columns, boolean scores, int limit)
      throws IOException {
    Texts train = Texts.read(files.get(0), columns, Optional.empty(), limit);
    TaskHead head;
    Texts dev;
    if (scores) {
      dev = Texts.read(files.get(1), columns, Optional.empty(), limit);
      head = regression(task, train, dev);
    } else {
      head = classification(task, train);
      dev = Texts.read(files.get(1), columns, Optional.of(task(head).target()), limit);
    }
    return new Lesson(
        train.split(head, "train"),
        dev.split(head, "dev"),
        Lesson.USUAL_EPOCHS,
        Lesson.USUAL_LENGTH);
  }

  /** The split of a file with labels for a head that is there. */
  static TextSplit split(TaskHead head, Path file, TextColumns columns, int limit)
      throws IOException {
    return Texts.read(file, columns, Optional.of(task(head).target()), limit)
        .split(head, file.getFileName().toString());
  }

  private static TaskHead classification(String task, Texts train) throws MalformedFileException {
    List<String> labels = train.examples().stream().map(TextExample::label).toList();
    if (LabelInference.looksLikeScores(labels)) {
      throw MalformedFileException.in(
          train.file(),
          "the labels are numbers such as %s. For scores, pass --regression; otherwise check --label-column."
              .formatted(labels.stream().distinct().sorted().limit(MOST_LABELS_SHOWN).toList()));
    }
    ClassTarget target = inferred(train.file(), () -> LabelInference.classes(train.examples()));
    return WrongUsageException.unlessUsable(
        () -> new TaskHead.Classification(task, target.labels()));
  }

  private static TaskHead regression(String task, Texts train, Texts dev)
      throws MalformedFileException {
    inferred(train.file(), () -> LabelInference.scores(train.examples()));
    List<TextExample> all =
        Stream.concat(train.examples().stream(), dev.examples().stream()).toList();
    ScoreTarget target = inferred(dev.file(), () -> LabelInference.scores(all));
    return new TaskHead.Regression(task, 0, target.highest());
  }

  /** What the labels of a file mean, or the file's fault. */
  private static <T> T inferred(Path file, Supplier<T> inference) throws MalformedFileException {
    try {
      return inference.get();
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(file, e.getMessage(), e);
    }
  }

  /**
   * The rows of a file with named columns.
   *
   * @throws MalformedFileException when its name does not tell the format, or its header is wrong
   */
  static TableReader open(Path file) throws IOException {
    return TableReader.open(file, format(file));
  }

  private static TableFormat format(Path file) throws IOException {
    InputFiles.existing(file);
    try {
      return TableFormat.of(file);
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.saying(file, e.getMessage());
    }
  }

  /** What is done with each text. */
  interface Consumer {
    void accept(String text, String pair) throws IOException;
  }

  /** Hands every text of a file to {@code consumer}; its labels, if any, are not looked at. */
  static void forEach(Path file, TextColumns columns, Consumer consumer) throws IOException {
    try (TableReader rows = open(file)) {
      for (Map<String, String> row = rows.next(); row != null; row = rows.next()) {
        String text = rows.cell(row, columns.text());
        Optional<String> pair = columns.pair();
        consumer.accept(text, pair.isPresent() ? rows.cell(row, pair.get()) : "");
      }
    }
  }

  /** What the metrics of a head are, in the form of a task of GLUE. */
  static GlueTask task(TaskHead head) {
    Target target;
    List<Metric> metrics;
    if (head instanceof TaskHead.Regression regression) {
      target = new ScoreTarget(regression.maximum());
      metrics = List.of(new Pearson(), new Spearman(), new MeanSquaredError());
    } else {
      List<String> labels = ((TaskHead.Classification) head).labels();
      target = new ClassTarget(labels);
      metrics =
          labels.size() == 2
              ? List.of(new Accuracy(), new F1(), new MatthewsCorrelation())
              : List.of(new Accuracy());
    }
    return new GlueTask(
        head.task(),
        List.of(head.task()),
        target,
        List.of(Split.of("train", Columns.headed(0))),
        metrics,
        new TrainingDefaults(Lesson.USUAL_EPOCHS, false));
  }
}
