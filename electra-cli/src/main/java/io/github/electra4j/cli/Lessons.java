package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.SpanSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tasks of benchmarks, from their names and a folder. */
final class Lessons {
  private Lessons() {}

  /**
   * The lessons of tasks.
   *
   * @param names of the tasks
   * @param data folder of the benchmark, or of the only task
   * @param limit most examples of every split
   * @param answers choices of question answering
   */
  static List<Lesson> named(List<String> names, Path data, int limit, SpanSettings answers)
      throws IOException {
    Set<String> seen = new HashSet<>();
    List<Lesson> lessons = new ArrayList<>();
    for (String name : names) {
      Lesson lesson = named(name, data, limit, answers);
      if (!seen.add(lesson.task())) {
        throw new WrongUsageException("Task %s is named twice.".formatted(lesson.task()));
      }
      lessons.add(lesson);
    }
    return lessons;
  }

  private static Lesson named(String name, Path data, int limit, SpanSettings answers)
      throws IOException {
    Optional<Path> train = OtherTasks.file(name, data, "train");
    if (train.isPresent()) {
      List<Path> files = List.of(train.get(), OtherTasks.file(name, data, "dev").orElseThrow());
      return OtherTasks.lesson(name, files, answers, limit).orElseThrow();
    }
    return glue(name, data, limit);
  }

  private static Lesson glue(String name, Path data, int limit) throws IOException {
    GlueTask task = WrongUsageException.unlessUsable(() -> GlueTask.named(name));
    for (String split : List.of("train", "dev")) {
      Tasks.requireSplit(task, split);
    }
    return new Lesson(
        new TextSplit(
            GlueReader.load(task, data, "train", limit),
            Tasks.head(task),
            task.training().bothOrders()),
        new TextSplit(GlueReader.load(task, data, "dev", limit), Tasks.head(task), false),
        task.training().epochs(),
        Lesson.USUAL_LENGTH);
  }
}
