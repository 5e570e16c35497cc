package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The vectors that task heads read: of all tokens where a head wants them, else of every {@code
 * [CLS]} alone, which spares most of the last layer.
 *
 * @param last output of the last layer, [tokens, hidden] or [sequences, hidden]
 * @param allTokens which of the two
 */
record HeadVectors(SDVariable last, boolean allTokens) {

  /** Adds the discriminator's encoder to the graph of {@code root}. */
  static HeadVectors build(
      Scope root,
      EncoderInputs inputs,
      ElectraConfig config,
      List<TaskHead> heads,
      DropoutSites dropouts) {
    boolean allTokens = heads.stream().anyMatch(TaskHead::readsAllTokens);
    Network network = Network.discriminator(config);
    AttentionPattern pattern = AttentionPattern.bidirectional(inputs);
    Encoder.Output encoder =
        allTokens
            ? network.build(root, inputs, pattern, dropouts)
            : network.buildFirst(root, inputs, pattern, dropouts);
    return new HeadVectors(encoder.last(), allTokens);
  }
}
