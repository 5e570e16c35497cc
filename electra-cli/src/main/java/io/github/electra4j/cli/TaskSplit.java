package io.github.electra4j.cli;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

  /** The same split, of its first {@code most} examples at most. */
  TaskSplit first(int most);

  /** Whether there are answers to compare with. */
  default boolean labelled() {
    return true;
  }

  /** What the model learns from, made or, where features are kept, found there. */
  default List<TaskExample> features(Reading reading) throws IOException {
    return reading.cache().isEmpty()
        ? newFeatures(reading)
        : reading
            .cache()
            .get()
            .features(FeatureCache.key(this, reading, form()), () -> newFeatures(reading));
  }

  /** What the model learns from, made anew; a question may give several. */
  List<TaskExample> newFeatures(Reading reading) throws IOException;

  /** What shapes the features besides data, head and reading. */
  String form();

  /**
   * Lets a model answer, and compares with the right answers.
   *
   * @param listener told every answer
   * @throws IOException when an answer cannot be made from what the model computes
   */
  SplitScore score(FineTunedModel model, Reading reading, ScoreListener listener)
      throws IOException;

  /** What is worth knowing before learning from it, e.g. an imbalance of the classes. */
  default List<String> remarks() {
    return List.of();
  }
}
