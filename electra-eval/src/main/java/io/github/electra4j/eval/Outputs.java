package io.github.electra4j.eval;

import io.github.electra4j.eval.dataset.Target;
import io.github.electra4j.train.task.TextExample;
import java.util.List;

/** The contract of a model's outputs. */
final class Outputs {
  private Outputs() {}

  /**
   * Requires one row of finite numbers per example, as wide as the target wants.
   *
   * @param task name of the task, for messages
   */
  static void require(String task, Target target, List<TextExample> examples, float[][] outputs) {
    if (outputs.length != examples.size()) {
      throw new IllegalArgumentException(
          "There are %d rows of outputs for %d examples of task %s; pass one row per example."
              .formatted(outputs.length, examples.size(), task));
    }
    int width = target.outputs();
    for (int i = 0; i < outputs.length; i++) {
      long id = examples.get(i).id();
      if (outputs[i].length != width) {
        throw new IllegalArgumentException(
            ("Example %d of task %s has %d outputs, wanted %d; use a model that was fine-tuned "
                    + "for this task.")
                .formatted(id, task, outputs[i].length, width));
      }
      for (float output : outputs[i]) {
        if (!Float.isFinite(output)) {
          throw new IllegalArgumentException(
              ("Example %d of task %s has the output %s; the model's weights are not usable. "
                      + "Check its training for a loss that is not a number.")
                  .formatted(id, task, output));
        }
      }
    }
  }
}
