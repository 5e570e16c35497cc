package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GraphStyle;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a fine-tuned model answers: encoder and task heads without dropout. */
public final class OutputGraph implements AutoCloseable {
  private final ElectraConfig config;
  private final WeightMap weights;
  private final List<TaskHead> heads;
  private final List<BoundHead<?>> bound = new ArrayList<>();
  private final HeadVectors vectors;
  private final GraphRunner runner;

  /** A graph over {@code weights}, which are read anew in every run. */
  public OutputGraph(ElectraConfig config, List<TaskHead> heads, WeightMap weights) {
    this(config, heads, weights, GraphStyle.ofBackend());
  }

  OutputGraph(ElectraConfig config, List<TaskHead> heads, WeightMap weights, GraphStyle style) {
    this.config = config;
    this.weights = weights;
    this.heads = List.copyOf(heads);
    Scope root = Scope.root(weights::get, style);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    this.vectors = HeadVectors.build(root, inputs, config, heads, DropoutSites.none());
    List<String> outputs = new ArrayList<>();
    for (TaskHead head : heads) {
      HeadScope scope = new HeadScope(root, head.task(), vectors.last(), DropoutSites.none(), 0);
      BoundHead<?> added = BoundHead.of(head, scope, vectors.allTokens());
      added.addOutputs().forEach(outputs::add);
      bound.add(added);
    }
    this.runner = new GraphRunner(root.sd(), outputs);
  }

  /**
   * What the heads compute for their examples, in the order of the batch.
   *
   * @throws IllegalArgumentException when an example is for a task that has no head
   */
  public List<HeadOutput> run(LabelledBatch batch) {
    HeadBatch.requireHeads(batch, heads);
    Map<String, INDArray> feeds = vectors.feeds(batch.tokens(), config);
    bound.forEach(head -> feeds.putAll(head.inputs(batch)));
    return runner.run(feeds, out -> read(out, batch));
  }

  private List<HeadOutput> read(Map<String, INDArray> out, LabelledBatch batch) {
    HeadOutput[] outputs = new HeadOutput[batch.examples()];
    bound.forEach(head -> head.read(out, batch, weights, outputs));
    return List.of(outputs);
  }

  /** Frees the native buffers; the weights stay. */
  @Override
  public void close() {
    runner.close();
  }
}
