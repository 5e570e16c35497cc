package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.NativeFloats;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The output of the encoder's last layer, without any head. */
public final class VectorGraph implements AutoCloseable {
  private final ElectraConfig config;
  private final String last;
  private final GraphRunner runner;

  /** A graph over the encoder among {@code weights}. */
  public VectorGraph(ElectraConfig config, WeightMap weights) {
    this.config = config;
    Scope root = Scope.root(weights::get);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    this.last =
        Network.discriminator(config)
            .build(root, inputs, AttentionPattern.bidirectional(inputs), DropoutSites.none())
            .last()
            .name();
    this.runner = new GraphRunner(root.sd(), List.of(last));
  }

  /** Numbers per token. */
  public int width() {
    return config.encoder().hiddenSize();
  }

  /**
   * The vectors of the tokens of several sequences, {@code [sequence][token][width]}; each as long
   * as its sequence.
   *
   * @param ids vocabulary indices, all of token type 0
   * @param longest the most tokens that the model reads
   */
  public float[][][] run(List<int[]> ids, int longest) {
    int most = ids.stream().mapToInt(sequence -> sequence.length).max().orElseThrow();
    int seq = Math.max(most, Math.min((most + 7) / 8 * 8, longest));
    List<int[]> types = ids.stream().map(sequence -> new int[sequence.length]).toList();
    TokenBatch batch = TokenBatch.padded(ids, types, seq);
    return runner.run(TokenFeeds.of(batch, config), out -> read(out.get(last), ids, seq));
  }

  private float[][][] read(INDArray vectors, List<int[]> ids, int seq) {
    NativeFloats memory = NativeFloats.of(vectors);
    float[][][] all = new float[ids.size()][][];
    for (int i = 0; i < all.length; i++) {
      all[i] = new float[ids.get(i).length][width()];
      for (int t = 0; t < all[i].length; t++) {
        memory.get((long) (i * seq + t) * width(), all[i][t]);
      }
    }
    return all;
  }

  /** Frees the native buffers; the weights stay. */
  @Override
  public void close() {
    runner.close();
  }
}
