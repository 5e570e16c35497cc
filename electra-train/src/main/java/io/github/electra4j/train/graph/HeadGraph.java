package io.github.electra4j.train.graph;

import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskTarget;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The head of one task: adds its layers and its loss to a graph, knows what to feed them, and reads
 * what they computed.
 *
 * @param <T> kind of its targets
 */
interface HeadGraph<T extends TaskTarget> {
  /** A target for a batch without any example of the task. */
  T filler();

  /** Adds layers and loss; the losses of the examples, of any shape. */
  SDVariable losses(HeadScope scope);

  /**
   * Adds the layers that answer; the variables that {@link #read} needs, by a name of the head's.
   */
  Map<String, SDVariable> outputs(HeadScope scope);

  /** What the layers read, by the names that were given to the scope. */
  Map<String, INDArray> inputs(HeadBatch<T> batch);

  /** What the loss reads beyond that. */
  Map<String, INDArray> targets(HeadBatch<T> batch);

  /**
   * The outputs of the examples, in order.
   *
   * @param arrays those of {@link #outputs}, by the head's names
   * @param weights those of the model as they are now
   */
  List<HeadOutput> read(Map<String, INDArray> arrays, HeadBatch<T> batch, WeightMap weights);
}
