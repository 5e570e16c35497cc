package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.train.task.LabelledBatch;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** What a fine-tuned model answers: encoder and task head without dropout. */
public final class OutputGraph implements AutoCloseable {
  private final ElectraConfig config;
  private final String output;
  private final GraphRunner runner;

  /** A graph over {@code weights}, which are read anew in every run. */
  public OutputGraph(ElectraConfig config, TaskHead head, WeightMap weights) {
    this.config = config;
    Scope root = Scope.root(weights::get);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    Encoder.Output encoder =
        Network.discriminator(config)
            .build(root, inputs, AttentionPattern.bidirectional(inputs), DropoutSites.none());
    SDVariable outputs = SentenceHead.build(root, head, encoder, DropoutSites.none(), 0);
    this.output = outputs.name();
    this.runner = new GraphRunner(root.sd(), List.of(output));
  }

  /** The head's outputs, {@code [batch][outputs]}. */
  public float[][] run(LabelledBatch batch) {
    return runner.run(FineTuneGraph.feeds(batch, config), out -> out.get(output).toFloatMatrix());
  }

  /** Frees the native buffers; the weights stay. */
  @Override
  public void close() {
    runner.close();
  }
}
