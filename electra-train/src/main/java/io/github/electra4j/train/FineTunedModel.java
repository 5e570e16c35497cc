package io.github.electra4j.train;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.graph.OutputGraph;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A fine-tuned model that answers: examples to the outputs of its task head. Safe to call from
 * several threads; the weights are shared, not copied.
 */
public final class FineTunedModel implements AutoCloseable {
  private final ElectraConfig config;
  private final TaskHead head;
  private final OutputGraph graph;

  private FineTunedModel(ElectraConfig config, TaskHead head, WeightMap weights) {
    this.config = config;
    this.head = head;
    this.graph = new OutputGraph(config, head, weights);
  }

  /** The model of one of a checkpoint's heads. */
  public static FineTunedModel of(Checkpoint checkpoint, TaskHead head) {
    return of(checkpoint.config(), head, checkpoint.weights());
  }

  /** A model over weights that may go on changing between the calls, as during training. */
  static FineTunedModel of(ElectraConfig config, TaskHead head, WeightMap weights) {
    return new FineTunedModel(config, head, weights);
  }

  /** The head that answers. */
  public TaskHead head() {
    return head;
  }

  /** The outputs of one batch, {@code [batch][outputs]}: logits, or the normalised value. */
  public float[][] outputs(LabelledBatch batch) {
    return graph.run(batch);
  }

  /**
   * The outputs of any number of examples, in their order. Examples of similar length are put
   * together, so that little padding is computed.
   *
   * @param batchSize examples computed at a time
   * @param progress told the number of examples done so far after every batch
   * @return {@code [examples][outputs]}
   */
  public float[][] outputs(List<TaskExample> examples, int batchSize, IntConsumer progress) {
    int[] order =
        IntStream.range(0, examples.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> examples.get(i).length()))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] outputs = new float[examples.size()][];
    for (int start = 0; start < order.length; start += batchSize) {
      int end = Math.min(start + batchSize, order.length);
      List<TaskExample> batch =
          IntStream.range(start, end).mapToObj(i -> examples.get(order[i])).toList();
      float[][] rows = graph.run(LabelledBatch.of(batch, config.maxPositions()));
      for (int i = start; i < end; i++) {
        outputs[order[i]] = rows[i - start];
      }
      progress.accept(end);
    }
    return outputs;
  }

  /** Frees the native buffers of intermediate results; the weights stay. */
  @Override
  public void close() {
    graph.close();
  }
}
