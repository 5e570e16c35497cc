package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.dataset.ScoreTarget;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The connection between a task of the data and a head of the model. */
final class Tasks {
  private Tasks() {}

  /** The head that a task asks for. */
  static TaskHead head(GlueTask task) {
    return task.target() instanceof ScoreTarget score
        ? new TaskHead.Regression(task.name(), 0, score.highest())
        : new TaskHead.Classification(task.name(), task.labels());
  }

  /**
   * The head of a fine-tuned model.
   *
   * @param wanted name of the task; empty if the model has one head only
   * @throws MalformedFileException when the model has no such head, or several and none was named
   */
  static TaskHead head(Checkpoint checkpoint, Optional<String> wanted, Path source)
      throws IOException {
    List<String> known = checkpoint.heads().stream().map(TaskHead::task).toList();
    if (known.isEmpty()) {
      throw MalformedFileException.in(
          source,
          "this model was not fine-tuned: it has no task head. Run electra finetune first.");
    }
    if (wanted.isEmpty() && known.size() > 1) {
      throw MalformedFileException.in(
          source, "this model has the task heads %s. Choose one with --task.".formatted(known));
    }
    String task = wanted.orElse(known.get(0));
    return checkpoint
        .head(task)
        .orElseThrow(
            () ->
                MalformedFileException.in(
                    source,
                    "this model has no head for task \"%s\", only %s.".formatted(task, known)));
  }

  /**
   * The GLUE task of a fine-tuned head.
   *
   * @throws MalformedFileException when there is none, or when it has other labels or another order
   *     of them, so that its scores would mean nothing
   */
  static GlueTask glue(TaskHead head, Path source) throws IOException {
    GlueTask task;
    try {
      task = GlueTask.named(head.task());
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(
          source,
          "the model was fine-tuned for \"%s\", which is no task of GLUE. Use electra predict with texts."
              .formatted(head.task()),
          e);
    }
    if (!isSame(head(task), head)) {
      throw MalformedFileException.in(
          source,
          "the model has %s, but GLUE has %s. Convert it again with the labels in this order."
              .formatted(head, head(task)));
    }
    return task;
  }

  /** Whether two heads decide the same; how many layers they have does not matter. */
  private static boolean isSame(TaskHead wanted, TaskHead head) {
    if (wanted instanceof TaskHead.Classification one
        && head instanceof TaskHead.Classification other) {
      return one.task().equals(other.task()) && one.labels().equals(other.labels());
    }
    return wanted instanceof TaskHead.Regression one
        && head instanceof TaskHead.Regression other
        && one.task().equals(other.task())
        && one.minimum() == other.minimum()
        && one.maximum() == other.maximum();
  }

  /**
   * The same head, if it decides about whole texts.
   *
   * @throws MalformedFileException when it does not
   */
  static TaskHead requireTextHead(TaskHead head, Path source) throws MalformedFileException {
    if (head instanceof TaskHead.Classification || head instanceof TaskHead.Regression) {
      return head;
    }
    throw MalformedFileException.in(
        source,
        "its head for \"%s\" does not decide about whole texts. Give data in the form of its task."
            .formatted(head.task()));
  }

  /** Refuses a label that no classification among some heads has. */
  static void requireLabel(List<TaskHead> heads, String label) {
    List<TaskHead.Classification> classes =
        heads.stream()
            .filter(TaskHead.Classification.class::isInstance)
            .map(TaskHead.Classification.class::cast)
            .toList();
    if (classes.stream().noneMatch(head -> head.labels().contains(label))) {
      throw new WrongUsageException(
          classes.isEmpty()
              ? "--label %s: the model has no classification; leave it out.".formatted(label)
              : "--label %s is no label of the model; known: %s."
                  .formatted(
                      label,
                      classes.stream()
                          .map(head -> "%s of %s".formatted(head.labels(), head.task()))
                          .collect(Collectors.joining(", "))));
    }
  }

  /** Refuses a split that a task does not have. */
  static void requireSplit(GlueTask task, String split) {
    WrongUsageException.unlessUsable(() -> task.split(split));
  }

  /**
   * Most examples to read.
   *
   * @param given value of {@code --limit}, or null
   */
  static int limit(Integer given) {
    if (given == null) {
      return GlueReader.ALL;
    }
    WrongUsageException.requirePositive("--limit", given);
    return given;
  }
}
