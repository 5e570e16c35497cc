package io.github.electra4j.eval;

import io.github.electra4j.eval.dataset.ClassTarget;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.dataset.Target;
import io.github.electra4j.train.task.TextExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's answer to one example, as one would write it into a file.
 *
 * @param id the example's {@link TextExample#id}
 * @param answer name of the class, or the score on the task's own scale and clipped to it
 * @param probabilities probability of each class, in the task's order; empty for a score
 */
public record Prediction(long id, String answer, Map<String, Double> probabilities) {
  /** Copies the map. */
  public Prediction {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /**
   * The answers to all examples, in their order. Example: the logits {@code {0, 2}} of task {@code
   * rte} give the answer {@code not_entailment} with probabilities of 0.119 and 0.881; the output
   * {@code {0.9}} of task {@code sts} gives the answer {@code 4.5}.
   *
   * @param outputs {@code [examples][task.target().outputs()]}
   * @throws IllegalArgumentException if the outputs are not one finite row of the right width per
   *     example
   */
  public static List<Prediction> all(GlueTask task, List<TextExample> examples, float[][] outputs) {
    return all(task.name(), task.target(), examples, outputs);
  }

  /**
   * As {@link #all(GlueTask, List, float[][])}, for any task.
   *
   * @param task its name, for messages
   * @param target what its labels mean
   */
  public static List<Prediction> all(
      String task, Target target, List<TextExample> examples, float[][] outputs) {
    Outputs.require(task, target, examples, outputs);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < outputs.length; i++) {
      predictions.add(
          new Prediction(
              examples.get(i).id(), target.answer(outputs[i]), probabilities(target, outputs[i])));
    }
    return List.copyOf(predictions);
  }

  private static Map<String, Double> probabilities(Target target, float[] outputs) {
    Map<String, Double> named = new LinkedHashMap<>();
    if (target instanceof ClassTarget classes) {
      double[] probabilities = classes.probabilities(outputs);
      for (int i = 0; i < probabilities.length; i++) {
        named.put(classes.labels().get(i), probabilities[i]);
      }
    }
    return named;
  }
}
