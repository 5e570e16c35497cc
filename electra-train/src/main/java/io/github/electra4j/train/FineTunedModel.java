package io.github.electra4j.train;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.graph.OutputGraph;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A fine-tuned model that answers: examples to the outputs of its task heads. Safe to call from
 * several threads; the weights are shared, not copied.
 */
public final class FineTunedModel implements AutoCloseable {
  private final ElectraConfig config;
  private final List<TaskHead> heads;
  private final OutputGraph graph;

  private FineTunedModel(ElectraConfig config, List<TaskHead> heads, WeightMap weights) {
    this.config = config;
    this.heads = List.copyOf(heads);
    this.graph = new OutputGraph(config, heads, weights);
  }

  /** The model of one of a checkpoint's heads. */
  public static FineTunedModel of(Checkpoint checkpoint, TaskHead head) {
    return of(checkpoint.config(), List.of(head), checkpoint.weights());
  }

  /** A model over weights that may go on changing between the calls, as during training. */
  static FineTunedModel of(ElectraConfig config, List<TaskHead> heads, WeightMap weights) {
    return new FineTunedModel(config, heads, weights);
  }

  /**
   * The head that answers.
   *
   * @throws IllegalStateException when there are several
   */
  public TaskHead head() {
    if (heads.size() != 1) {
      throw new IllegalStateException(
          "The model has the heads %s, not one"
              .formatted(heads.stream().map(TaskHead::task).toList()));
    }
    return heads.get(0);
  }

  /** All heads. */
  public List<TaskHead> heads() {
    return heads;
  }

  /** The architecture below the heads. */
  public ElectraConfig config() {
    return config;
  }

  /** What the heads compute for the examples of one batch, in order. */
  public List<HeadOutput> answers(LabelledBatch batch) {
    return graph.run(batch);
  }

  /**
   * What the heads compute for any number of examples, in their order. Examples of similar length
   * are put together, so that little padding is computed. Everything is held in memory; give a long
   * series part by part.
   *
   * @param batchSize examples computed at a time
   * @param progress told the number of examples done so far after every batch
   */
  public List<HeadOutput> answers(List<TaskExample> examples, int batchSize, IntConsumer progress) {
    int[] order =
        IntStream.range(0, examples.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> examples.get(i).length()))
            .mapToInt(Integer::intValue)
            .toArray();
    HeadOutput[] outputs = new HeadOutput[examples.size()];
    for (int start = 0; start < order.length; start += batchSize) {
      int end = Math.min(start + batchSize, order.length);
      List<TaskExample> batch =
          IntStream.range(start, end).mapToObj(i -> examples.get(order[i])).toList();
      List<HeadOutput> rows = graph.run(LabelledBatch.of(batch, config.maxPositions()));
      for (int i = start; i < end; i++) {
        outputs[order[i]] = rows.get(i - start);
      }
      progress.accept(end);
    }
    return List.of(outputs);
  }

  /**
   * The outputs of one batch of whole texts, {@code [batch][outputs]}: logits, or the normalised
   * value.
   *
   * @throws ClassCastException when the head answers with something else
   */
  public float[][] outputs(LabelledBatch batch) {
    return scores(answers(batch));
  }

  /**
   * The outputs of any number of whole texts, in their order, as {@link #answers(List, int,
   * IntConsumer)} computes them.
   *
   * @return {@code [examples][outputs]}
   * @throws ClassCastException when the head answers with something else
   */
  public float[][] outputs(List<TaskExample> examples, int batchSize, IntConsumer progress) {
    return scores(answers(examples, batchSize, progress));
  }

  private static float[][] scores(List<HeadOutput> answers) {
    return answers.stream()
        .map(answer -> ((HeadOutput.Scores) answer).values())
        .toArray(float[][]::new);
  }

  /** Frees the native buffers of intermediate results; the weights stay. */
  @Override
  public void close() {
    graph.close();
  }
}
