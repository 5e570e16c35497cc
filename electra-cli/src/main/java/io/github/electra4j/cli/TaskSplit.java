package io.github.electra4j.cli;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** One split of one task, read and checked: what the commands need of every kind of task. */
interface TaskSplit {
  /** The head that the task asks for. */
  TaskHead head();

  /** Name of the split, e.g. {@code dev}. */
  String name();

  /** Where it was read from. */
  Path file();

  /** Examples: texts, sentences or questions. */
  int size();

  /** Whether a limit kept some of the examples from being read. */
  boolean partial();

  /** Whether there are answers to compare with. */
  boolean labelled();

  /** What the model learns from; a question may give several. */
  List<TaskExample> features(Reading reading) throws IOException;

  /**
   * Lets a model answer, and compares with the right answers.
   *
   * @param progress told the number of examples done so far
   * @throws IOException when an answer cannot be made from what the model computes
   */
  SplitScore score(FineTunedModel model, Reading reading, IntConsumer progress) throws IOException;

  /** What is worth knowing before learning from it, e.g. an imbalance of the classes. */
  List<String> remarks();
}
