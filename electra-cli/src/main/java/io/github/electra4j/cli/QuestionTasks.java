package io.github.electra4j.cli;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The tasks of question answering and where their files are. */
final class QuestionTasks {
  /** The original's names; {@code squad} is SQuAD 2.0. */
  static final List<String> NAMES =
      List.of("squad", "squadv1", "newsqa", "naturalqs", "triviaqa", "searchqa");

  private static final double EPOCHS = 2;
  private static final int LENGTH = 512;
  private static final List<String> ENDINGS = List.of(".json", ".jsonl", ".json.gz", ".jsonl.gz");

  private QuestionTasks() {}

  /** Whether a task is of this kind. */
  static boolean has(String task) {
    return NAMES.contains(task);
  }

  /**
   * The lesson of a training file and a file to be judged by.
   *
   * @param task one of {@link #NAMES}
   * @param files of training and to be judged by
   */
  static Lesson lesson(String task, List<Path> files, SpanSettings settings, int limit)
      throws IOException {
    TaskHead.SpanAnswer head = new TaskHead.SpanAnswer(task, task.equals("squad"), settings);
    return new Lesson(
        QuestionSplit.open(head, "train", files.get(0), true, limit),
        QuestionSplit.open(head, "dev", files.get(1), false, limit),
        EPOCHS,
        LENGTH);
  }

  /**
   * The file of a split.
   *
   * @param data folder with a folder of the task, or the task's folder
   * @throws FileNotFoundException naming every file that was looked for
   */
  static Path file(String task, Path data, String split) throws FileNotFoundException {
    return DataFiles.find(task, data, split, ENDINGS);
  }
}
