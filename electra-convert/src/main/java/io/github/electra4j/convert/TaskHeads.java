package io.github.electra4j.convert;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fine-tuned heads of which a file holds the numbers but neither labels nor range. */
final class TaskHeads {
  private TaskHeads() {}

  /**
   * A head per task, as given, or with numbers for labels: one output is a regression, several are
   * a classification.
   *
   * @param outputs number of outputs of every head in the file, by task
   * @param given heads whose labels or range the user knows
   * @param notes receives what was assumed
   * @throws MalformedFileException if a given head is not in the file or has another number of
   *     outputs
   */
  static List<TaskHead> of(
      String source, Map<String, Integer> outputs, List<TaskHead> given, List<String> notes)
      throws MalformedFileException {
    for (TaskHead head : given) {
      Integer found = outputs.get(head.task());
      if (found == null) {
        throw MalformedFileException.in(
            source,
            "there is no head for the task %s; the heads that can be taken over are for %s. Correct the task's name."
                .formatted(head.task(), outputs.keySet()));
      }
      if (found != head.outputs()) {
        throw MalformedFileException.in(
            source,
            "the head for the task %s has %d output(s), but %d were given: %s. Correct the labels."
                .formatted(head.task(), found, head.outputs(), head));
      }
    }
    List<TaskHead> heads = new ArrayList<>();
    for (Map.Entry<String, Integer> each : outputs.entrySet()) {
      Optional<TaskHead> known =
          given.stream().filter(head -> head.task().equals(each.getKey())).findFirst();
      heads.add(
          known.isPresent() ? known.get() : assumed(source, each.getKey(), each.getValue(), notes));
    }
    return heads;
  }

  private static TaskHead assumed(String source, String task, int outputs, List<String> notes)
      throws MalformedFileException {
    try {
      if (outputs == 1) {
        notes.add(
            "The head of task %s has one output, so it was taken as a regression; the range of its labels is not in the file, 0 to 1 was taken."
                .formatted(task));
        return new TaskHead.Regression(task, 0, 1);
      }
      notes.add(
          "The labels of task %s are not in the file; they were called 0 to %d. That it classifies whole texts is assumed, too."
              .formatted(task, outputs - 1));
      return new TaskHead.Classification(
          task, IntStream.range(0, outputs).mapToObj(Integer::toString).toList());
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(source, e.getMessage() + ".", e);
    }
  }
}
