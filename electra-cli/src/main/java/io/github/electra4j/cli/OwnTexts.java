package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.ClassTarget;
import io.github.electra4j.eval.dataset.Columns;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.dataset.ScoreTarget;
import io.github.electra4j.eval.dataset.Split;
import io.github.electra4j.eval.dataset.Target;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Somebody's own texts with classes or scores, in a file with named columns. */
final class OwnTexts {
  private static final int MOST_LABELS = 1000;

  private OwnTexts() {}

  /**
   * Which column holds what.
   *
   * @param text the text, or the first of a pair
   * @param pair the second text of a pair
   * @param label the class or score
   */
  record Where(String text, Optional<String> pair, String label) {}

  /**
   * The texts of a file.
   *
   * @param partial whether texts are left beyond a limit
   */
  private record Texts(Path file, List<TextExample> examples, boolean partial) {}

  private static Texts read(Path file, Where where, boolean labelled, int limit)
      throws IOException {
    List<TextExample> examples = new ArrayList<>();
    try (TextRows rows = TextRows.open(file)) {
      for (Map<String, String> row = rows.next(); row != null; row = rows.next()) {
        if (examples.size() == limit) {
          return new Texts(file, examples, true);
        }
        String text = rows.value(row, where.text());
        String pair = where.pair().isPresent() ? rows.value(row, where.pair().get()) : "";
        String label = labelled ? rows.value(row, where.label()) : "";
        if (labelled && label.isBlank()) {
          throw rows.malformed("the label is empty. Give one, or remove the line.");
        }
        if (text.isBlank() && pair.isBlank()) {
          throw rows.malformed("the text is empty. Write one, or remove the line.");
        }
        examples.add(new TextExample(examples.size(), text, pair, label));
      }
    }
    if (examples.isEmpty()) {
      throw MalformedFileException.in(file, "there is no text in it. Give a file with some.");
    }
    return new Texts(file, examples, false);
  }

  /**
   * The lesson of a training file and a file to be judged by.
   *
   * @param task name of the head
   * @param scores whether the labels are scores and not classes
   * @param limit most texts of each
   */
  static Lesson lesson(String task, List<Path> files, Where where, boolean scores, int limit)
      throws IOException {
    Texts train = read(files.get(0), where, true, limit);
    Texts dev = read(files.get(1), where, true, limit);
    TaskHead head = scores ? regression(task, train, dev) : classification(task, train);
    return new Lesson(
        split(head, "train", train, true),
        split(head, "dev", dev, true),
        Lesson.USUAL_EPOCHS,
        Lesson.USUAL_LENGTH);
  }

  /** The split of a file for a head that is there. */
  static TextSplit split(TaskHead head, Path file, Where where, boolean labelled, int limit)
      throws IOException {
    Texts texts = read(file, where, labelled, limit);
    return split(head, file.getFileName().toString(), texts, labelled);
  }

  private static TextSplit split(TaskHead head, String name, Texts texts, boolean labelled)
      throws MalformedFileException {
    GlueTask task = task(head);
    List<TextExample> examples = new ArrayList<>();
    for (TextExample text : texts.examples()) {
      String label = labelled ? text.label() : task.target().placeholder();
      Optional<String> fault = task.target().fault(label);
      if (fault.isPresent()) {
        throw MalformedFileException.in(
            texts.file(),
            "example %d: %s. A label must occur in the training data."
                .formatted(text.id() + 1, fault.get()));
      }
      examples.add(new TextExample(text.id(), text.textA(), text.textB(), label));
    }
    return new TextSplit(
        new GlueSplit(task, name, texts.file(), labelled, texts.partial(), examples, List.of()),
        head,
        false);
  }

  private static TaskHead classification(String task, Texts train) throws MalformedFileException {
    TreeSet<String> labels = new TreeSet<>();
    train.examples().forEach(example -> labels.add(example.label()));
    boolean numbers =
        labels.stream().allMatch(label -> label.matches("[+-]?\\d*\\.?\\d+"))
            && labels.stream().anyMatch(label -> label.contains("."));
    if (labels.size() < 2 || labels.size() > MOST_LABELS || numbers) {
      throw MalformedFileException.in(
          train.file(),
          "the labels are %s%s. %s"
              .formatted(
                  labels.stream().limit(5).toList(),
                  labels.size() > 5 ? " and %,d more".formatted(labels.size() - 5) : "",
                  labels.size() < 2
                      ? "Give examples of at least two classes."
                      : "For scores, pass --regression; otherwise check --label-column."));
    }
    return WrongUsageException.unlessUsable(
        () -> new TaskHead.Classification(task, List.copyOf(labels)));
  }

  private static TaskHead regression(String task, Texts train, Texts dev)
      throws MalformedFileException {
    double highest = 0;
    for (Texts texts : List.of(train, dev)) {
      for (TextExample example : texts.examples()) {
        try {
          double score = Double.parseDouble(example.label());
          if (!(score >= 0) || Double.isInfinite(score)) {
            throw MalformedFileException.in(
                texts.file(),
                "example %d has the score %s. Shift the scores so that none is below 0."
                    .formatted(example.id() + 1, example.label()));
          }
          highest = Math.max(highest, score);
        } catch (NumberFormatException e) {
          throw MalformedFileException.in(
              texts.file(),
              "example %d has the score \"%s\", which is no number. Correct it, or leave out --regression."
                  .formatted(example.id() + 1, example.label()),
              e);
        }
      }
    }
    if (highest == 0) {
      throw MalformedFileException.in(train.file(), "every score is 0; there is nothing to learn.");
    }
    return new TaskHead.Regression(task, 0, highest);
  }

  /** What is done with each text. */
  interface Consumer {
    void accept(String text, String pair) throws IOException;
  }

  /** Hands every text of a file to {@code consumer}; its labels, if any, are not looked at. */
  static void forEach(Path file, Where where, Consumer consumer) throws IOException {
    try (TextRows rows = TextRows.open(file)) {
      for (Map<String, String> row = rows.next(); row != null; row = rows.next()) {
        String text = rows.value(row, where.text());
        consumer.accept(text, where.pair().isPresent() ? rows.value(row, where.pair().get()) : "");
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
