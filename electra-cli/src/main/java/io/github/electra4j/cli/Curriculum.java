package io.github.electra4j.cli;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tasks of a run, as the model reads them; trials share it. */
final class Curriculum {
  private static final int EVAL_BATCH = 32;

  private final List<Lesson> lessons;
  private final String modelName;
  private final Checkpoint start;
  private final Reading reading;
  private List<TaskExample> training;

  private Curriculum(List<Lesson> lessons, String modelName, Checkpoint start, Reading reading) {
    this.lessons = List.copyOf(lessons);
    this.modelName = modelName;
    this.start = start;
    this.reading = reading;
  }

  /** The tasks for a model. */
  static Curriculum of(
      List<Lesson> lessons,
      ModelSource source,
      Checkpoint start,
      FineTuneConfig config,
      Optional<FeatureCache> cache)
      throws IOException {
    Reading reading =
        new Reading(
            source.tokenizer(),
            start.text().orElseThrow(),
            config.maxSeqLength(),
            EVAL_BATCH,
            cache);
    return new Curriculum(lessons, source.name(), start, reading);
  }

  /** What is learnt. */
  List<Lesson> lessons() {
    return lessons;
  }

  /** Name of the model that learns. */
  String modelName() {
    return modelName;
  }

  /** The model that learns, as it is before. */
  Checkpoint start() {
    return start;
  }

  /** Names of the tasks. */
  String name() {
    return lessons.stream().map(Lesson::task).collect(Collectors.joining(","));
  }

  /** One head per task. */
  List<TaskHead> heads() {
    return lessons.stream().map(Lesson::head).toList();
  }

  /** What there is to say before it begins. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (TaskHead head : start.heads()) {
      if (!heads().contains(head)) {
        remarks.add(
            "The model was fine-tuned for %s before: its encoder is kept, its head for %s is not."
                .formatted(head.task(), head.task()));
      }
    }
    for (Lesson lesson : lessons) {
      remarks.addAll(lesson.train().remarks());
    }
    return remarks;
  }

  /**
   * What there is to learn from: the examples of all tasks, so that a task is met as often as it
   * has examples.
   */
  synchronized List<TaskExample> training() throws IOException {
    if (training == null) {
      List<TaskExample> all = new ArrayList<>();
      for (Lesson lesson : lessons) {
        all.addAll(lesson.train().features(reading));
      }
      training = List.copyOf(all);
    }
    return training;
  }

  /** How a model does on a split of one of the tasks. */
  SplitScore score(TaskSplit split, FineTunedModel model) throws IOException {
    return split.score(model, reading, ScoreListener.none());
  }
}
