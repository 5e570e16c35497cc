package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.dataset.TextColumns;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Splits to be judged by, for a model that is there. */
final class TaskSplits {
  private TaskSplits() {}

  /**
   * A split of the candidate's task from the folder of a benchmark.
   *
   * @throws MalformedFileException when it has no labels
   */
  static TaskSplit benchmark(Candidate candidate, Path data, String split, int limit)
      throws IOException {
    Optional<Path> file = OtherTasks.file(candidate.head().task(), data, split);
    if (file.isPresent()) {
      Optional<TaskSplit> other = OtherTasks.split(candidate.head(), split, file.get(), limit);
      if (other.isPresent()) {
        return other.get();
      }
    }
    GlueTask task = Tasks.glue(candidate.head(), candidate.path());
    Tasks.requireSplit(task, split);
    TextSplit examples =
        new TextSplit(GlueReader.load(task, data, split, limit), candidate.head(), false);
    if (!examples.labelled()) {
      throw MalformedFileException.in(
          examples.file(),
          "it has no labels, so there is nothing to score. Use another --split, or electra predict.");
    }
    return examples;
  }

  /** Somebody's own file for a candidate. */
  static TaskSplit own(Candidate candidate, Path file, OwnDataArguments columns, int limit)
      throws IOException {
    Optional<TaskSplit> other =
        OtherTasks.split(candidate.head(), file.getFileName().toString(), file, limit);
    if (other.isPresent()) {
      return other.get();
    }
    TaskHead head = Tasks.requireTextHead(candidate.head(), candidate.path());
    TextColumns where = columns.where(new RunFolder(candidate.path()).settings());
    return OwnData.split(head, file, where, limit);
  }
}
