package io.github.electra4j.eval;

import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.dataset.Target;
import io.github.electra4j.eval.metric.Metric;
import io.github.electra4j.train.task.TextExample;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a model's outputs with the labels. Where the outputs come from does not matter: they are
 * plain numbers, logits per class or one score on the scale of [0, 1].
 */
public final class Scoring {
  private Scoring() {}

  /**
   * The task's official metrics and the mean loss of a split that has labels.
   *
   * @param outputs {@code [examples][task.target().outputs()]}, in the order of the examples
   * @return the metrics in the task's order, the one that the original reports first, then {@code
   *     loss}
   * @throws IllegalArgumentException if the split has no labels, or as {@link #score(GlueTask,
   *     List, float[][])}
   */
  public static List<MetricValue> score(GlueSplit split, float[][] outputs) {
    if (!split.labelled()) {
      throw new IllegalArgumentException(
          ("%s has no labels, so split %s of task %s cannot be scored; score dev, or write "
                  + "predictions.")
              .formatted(split.file(), split.name(), split.task().name()));
    }
    return score(split.task(), split.examples(), outputs);
  }

  /**
   * The task's official metrics and the mean loss of examples whose labels are real, not {@link
   * Target#placeholder}s.
   *
   * @param outputs {@code [examples][task.target().outputs()]}, in the order of the examples
   * @return as {@link #score(GlueSplit, float[][])}
   * @throws IllegalArgumentException if there are no examples, if the outputs are not one finite
   *     row of the right width per example, or if a label is not one of the task's
   */
  public static List<MetricValue> score(
      GlueTask task, List<TextExample> examples, float[][] outputs) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no example of task %s to score; pass at least one.".formatted(task.name()));
    }
    Outputs.require(task.name(), task.target(), examples, outputs);
    Target target = task.target();
    double[] gold = new double[outputs.length];
    double[] predicted = new double[outputs.length];
    double loss = 0;
    for (int i = 0; i < outputs.length; i++) {
      gold[i] = target.value(examples.get(i).label());
      predicted[i] = target.predicted(outputs[i]);
      loss += target.loss(gold[i], outputs[i]);
    }
    List<MetricValue> values = new ArrayList<>();
    for (Metric metric : task.metrics()) {
      values.add(MetricValue.of(metric, gold, predicted));
    }
    values.add(MetricValue.loss(loss / outputs.length));
    return List.copyOf(values);
  }
}
