package io.github.electra4j.convert;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The heads that fine-tuning leaves below {@code task_specific/}. Heads of one dense layer can be
 * taken over; question answering has several layers.
 */
final class TaskTensors {
  static final String SCOPE = "task_specific";

  private TaskTensors() {}

  /** Task name to number of outputs of every head that is exactly one dense layer. */
  static Map<String, Integer> singleDense(TensorShapes shapes) {
    Map<String, Integer> outputs = new TreeMap<>();
    for (String task : tasks(shapes)) {
      SortedSet<String> names = shapes.below(SCOPE + "/" + task);
      String kernel = kernel(task);
      if (names.equals(new TreeSet<>(List.of(kernel, bias(task))))) {
        shapes.matrix(kernel, "[hidden, outputs]").ifPresent(shape -> outputs.put(task, shape[1]));
      }
    }
    return outputs;
  }

  private static SortedSet<String> tasks(TensorShapes shapes) {
    SortedSet<String> tasks = new TreeSet<>();
    for (String name : shapes.below(SCOPE)) {
      String rest = name.substring(SCOPE.length() + 1);
      int slash = rest.indexOf('/');
      if (slash > 0) {
        tasks.add(rest.substring(0, slash));
      }
    }
    return tasks;
  }

  static String kernel(String task) {
    return SCOPE + "/" + task + "/dense/kernel";
  }

  static String bias(String task) {
    return SCOPE + "/" + task + "/dense/bias";
  }
}
