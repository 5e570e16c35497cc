package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DiscriminatorHead;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GraphStyle;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** This project's encoder, in either style of graph. */
final class SameDiffEncoder implements EncoderUnderTest {
  private final String name;
  private final ElectraConfig config;
  private final String logits;
  private final GraphRunner runner;

  SameDiffEncoder(String name, ElectraConfig config, WeightMap weights, GraphStyle style) {
    this.name = name;
    this.config = config;
    Scope root = Scope.root(weights::get, style);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    Encoder.Output encoder =
        Network.discriminator(config)
            .build(root, inputs, AttentionPattern.bidirectional(inputs), DropoutSites.none());
    SDVariable output = DiscriminatorHead.build(root, encoder.last()); // [tokens, 1]
    this.logits = output.name();
    this.runner = new GraphRunner(root.sd(), List.of(logits));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public float[][] logits(TokenBatch batch) {
    return runner.run(
        TokenFeeds.of(batch, config),
        out -> out.get(logits).reshape(batch.batch(), batch.seq()).toFloatMatrix());
  }

  @Override
  public void close() {
    runner.close();
  }
}
