package io.github.electra4j.cli;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tasks that are not about whole texts, by name and by head. */
final class OtherTasks {
  /** Tagging; the original has {@code chunk} alone. */
  static final List<String> TAGGING = List.of("chunk", "ner", "pos");

  private static final List<String> TAG_FILES = List.of(".txt", ".conll", ".tsv");
  private static final List<String> TABLES = List.of(".csv", ".tsv", ".txt", ".jsonl");
  private static final int CHUNK_LENGTH = 256;

  private OtherTasks() {}

  /** Whether a task gives labels to words. */
  static boolean isTagging(String task) {
    return TAGGING.contains(task);
  }

  /** Whether a head does not decide about whole texts. */
  static boolean isOther(TaskHead head) {
    return !(head instanceof TaskHead.Classification || head instanceof TaskHead.Regression);
  }

  /**
   * The lesson of a task of these kinds.
   *
   * @param files of training and to be judged by
   * @return empty if the name tells another kind
   */
  static Optional<Lesson> lesson(String task, List<Path> files, SpanSettings answers, int limit)
      throws IOException {
    if (QuestionTasks.has(task)) {
      return Optional.of(QuestionTasks.lesson(task, files, answers, limit));
    }
    if (TAGGING.contains(task)) {
      int length = task.equals("chunk") ? CHUNK_LENGTH : Lesson.USUAL_LENGTH;
      return Optional.of(TagSplit.lesson(task, files, length, limit));
    }
    if (RankingSplit.NAMES.contains(task)) {
      return Optional.of(RankingSplit.lesson(task, files, limit));
    }
    return task.equals(IntentSplit.NAME)
        ? Optional.of(IntentSplit.lesson(task, files, limit))
        : Optional.empty();
  }

  /**
   * The file of a split of a task of these kinds.
   *
   * @param data folder with a folder of the task, or the task's folder
   * @return empty if the name tells another kind
   */
  static Optional<Path> file(String task, Path data, String split) throws IOException {
    if (QuestionTasks.has(task)) {
      return Optional.of(QuestionTasks.file(task, data, split));
    }
    if (TAGGING.contains(task)) {
      return Optional.of(DataFiles.find(task, data, split, TAG_FILES));
    }
    if (RankingSplit.NAMES.contains(task)) {
      return Optional.of(DataFiles.find(task, data, split, TABLES));
    }
    return task.equals(IntentSplit.NAME)
        ? Optional.of(DataFiles.findFolderOr(task, data, split, TAG_FILES))
        : Optional.empty();
  }

  /**
   * The split of a file for a head that is there.
   *
   * @return empty if the head decides about whole texts
   */
  static Optional<TaskSplit> split(TaskHead head, String name, Path file, int limit)
      throws IOException {
    if (head instanceof TaskHead.SpanAnswer answers) {
      return Optional.of(QuestionSplit.open(answers, name, file, false, limit));
    }
    if (head instanceof TaskHead.Tagging tags) {
      return Optional.of(TagSplit.open(tags, name, file, limit));
    }
    if (head instanceof TaskHead.PairRanking ranking) {
      return Optional.of(RankingSplit.open(ranking, name, file, limit));
    }
    return head instanceof TaskHead.IntentAndSlots intent
        ? Optional.of(IntentSplit.open(intent, name, file, limit))
        : Optional.empty();
  }
}
