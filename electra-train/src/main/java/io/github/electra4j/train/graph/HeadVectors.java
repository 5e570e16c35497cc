package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.PackedFeeds;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The vectors that task heads read: of all tokens where a head wants them, else of every {@code
 * [CLS]} alone, which spares most of the last layer.
 *
 * @param last output of the last layer, [tokens, hidden] or [sequences, hidden]
 * @param allTokens which of the two
 * @param packed whether the encoder reads sequences without padding: where it is fused and nobody
 *     reads but {@code [CLS]}
 */
record HeadVectors(SDVariable last, boolean allTokens, boolean packed) {

  /** Adds the discriminator's encoder to the graph of {@code root}. */
  static HeadVectors build(
      Scope root,
      EncoderInputs inputs,
      ElectraConfig config,
      List<TaskHead> heads,
      DropoutSites dropouts) {
    boolean allTokens = heads.stream().anyMatch(TaskHead::readsAllTokens);
    boolean packed = !allTokens && root.fuses(inputs.attentionMask().dataType());
    Network network = Network.discriminator(config);
    AttentionPattern pattern =
        packed
            ? AttentionPattern.packed(root.sd(), config.maxPositions())
            : AttentionPattern.bidirectional(inputs);
    Encoder.Output encoder =
        allTokens
            ? network.build(root, inputs, pattern, dropouts)
            : network.buildFirst(root, inputs, pattern, dropouts);
    return new HeadVectors(encoder.last(), allTokens, packed);
  }

  /** What the encoder reads of a batch. */
  Map<String, INDArray> feeds(TokenBatch tokens, ElectraConfig config) {
    return packed ? PackedFeeds.of(tokens, config) : TokenFeeds.of(tokens, config);
  }
}
