package io.github.electra4j.convert;

import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The heads that fine-tuning leaves below {@code task_specific/}, recognised by their layers: a
 * head is of the first kind whose tensors are exactly those that are there.
 */
final class TaskTensors {
  static final String SCOPE = "task_specific";

  private final TensorShapes shapes;
  private final String task;
  private final int hidden;

  private TaskTensors(TensorShapes shapes, String task, int hidden) {
    this.shapes = shapes;
    this.task = task;
    this.hidden = hidden;
  }

  /**
   * A head for every task whose tensors are those of one, in the order of the names. Labels are
   * numbers, a range is from 0 to 1, and one output for whole texts is a regression, several are a
   * classification, because the tensors do not tell.
   *
   * @param hidden width of the encoder
   */
  static List<TaskHead> heads(TensorShapes shapes, int hidden) {
    List<TaskHead> heads = new ArrayList<>();
    for (String task : tasks(shapes)) {
      new TaskTensors(shapes, task, hidden).head().ifPresent(heads::add);
    }
    return heads;
  }

  private static SortedSet<String> tasks(TensorShapes shapes) {
    SortedSet<String> tasks = new TreeSet<>();
    for (String name : shapes.below(SCOPE)) {
      String rest = name.substring(SCOPE.length() + 1);
      int slash = rest.indexOf('/');
      if (slash > 0 && rest.substring(0, slash).matches("[A-Za-z0-9_-]+")) {
        tasks.add(rest.substring(0, slash));
      }
    }
    return tasks;
  }

  private Optional<TaskHead> head() {
    return candidates().stream().filter(this::fits).findFirst();
  }

  private List<TaskHead> candidates() {
    int outputs = outputs("dense");
    List<TaskHead> candidates = new ArrayList<>();
    if (outputs == 1) {
      candidates.add(new TaskHead.Regression(task, 0, 1, HeadLayers.ONE));
      candidates.add(new TaskHead.Regression(task, 0, 1, HeadLayers.TWO));
      candidates.addAll(spanAnswers());
    } else if (outputs > 1) {
      List<String> labels = numbers(outputs);
      candidates.add(new TaskHead.Classification(task, labels, HeadLayers.ONE));
      candidates.add(new TaskHead.Classification(task, labels, HeadLayers.TWO));
      int slots = outputs("dense_1");
      if (slots > 0) {
        candidates.add(new TaskHead.IntentAndSlots(task, labels, numbers(slots)));
      }
    }
    return candidates;
  }

  private List<TaskHead> spanAnswers() {
    List<TaskHead> candidates = new ArrayList<>();
    SpanSettings defaults = SpanSettings.defaults();
    for (boolean joint : new boolean[] {true, false}) {
      for (Evidence evidence : Evidence.values()) {
        Answerability answerability =
            new Answerability(evidence, defaults.answerability().weight());
        SpanSettings settings =
            defaults.withEnds(joint, defaults.beamSize()).withAnswerability(answerability);
        candidates.add(new TaskHead.SpanAnswer(task, evidence != Evidence.NONE, settings));
      }
    }
    return candidates;
  }

  /** The outputs of a layer, 0 if it is none that reads what a head reads. */
  private int outputs(String layer) {
    return shapes
        .shape(path(layer) + "/kernel")
        .filter(shape -> shape.length == 2 && shape[0] == hidden)
        .filter(shape -> shape[1] > 0 && shape[1] < Integer.MAX_VALUE)
        .map(shape -> (int) shape[1])
        .orElse(0);
  }

  private String path(String layer) {
    return SCOPE + "/" + task + "/" + layer;
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private boolean fits(TaskHead head) {
    List<TensorSpec> layout = TensorLayout.taskHead(head, hidden);
    return layout.size() == shapes.below(SCOPE + "/" + task).size()
        && layout.stream()
            .allMatch(
                spec ->
                    shapes
                        .shape(spec.name())
                        .filter(shape -> Arrays.equals(shape, spec.shape()))
                        .isPresent());
  }
}
