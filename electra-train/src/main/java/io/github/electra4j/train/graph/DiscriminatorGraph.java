package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DiscriminatorHead;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import io.github.electra4j.train.masking.BatchTotals;
import io.github.electra4j.train.masking.CorruptedBatch;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The discriminator and the loss of replaced-token detection. */
final class DiscriminatorGraph implements AutoCloseable {
  private static final String LABELS = "replaced";
  private static final String WEIGHTS = "token_weights";
  private static final String NOISE = "log_noise";

  private final ElectraConfig config;
  private final PretrainObjective.Kind objective;
  private final DataType type;
  private final LossGraph graph;

  DiscriminatorGraph(
      ElectraConfig config,
      PretrainObjective objective,
      Map<String, INDArray> weights,
      boolean training) {
    this.config = config;
    this.objective = objective.kind();
    this.type = weights.values().iterator().next().dataType();
    Scope root = Scope.root(weights::get);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), type);
    SDVariable hidden =
        Network.discriminator(config)
            .build(
                root,
                inputs,
                AttentionPattern.bidirectional(inputs),
                PretrainFeeds.dropouts(root.sd(), training))
            .last(); // [tokens, hidden]
    SDVariable scores = DiscriminatorHead.build(root, hidden); // [tokens, 1]
    SDVariable logits = isElectric() ? scores.add(column(root, NOISE)) : scores; // [tokens, 1]
    SDVariable loss = PretrainLosses.detection(logits, column(root, LABELS), column(root, WEIGHTS));
    LossGraph.Parts parts = new LossGraph.Parts(loss, logits, objective.discriminatorWeight());
    this.graph =
        training
            ? LossGraph.training(root, parts, weights.keySet(), List.of(embeddings()))
            : LossGraph.evaluating(root, parts);
  }

  private SDVariable column(Scope root, String name) {
    return root.sd().placeHolder(name, type, -1, 1); // [tokens, 1]
  }

  /** The scope of the embeddings whose looked-up rows are among the gradients. */
  String embeddings() {
    return Network.discriminator(config).embeddingsPath();
  }

  private boolean judgesChosenOnly() {
    return objective == PretrainObjective.Kind.ELECTRA_MASKED_ONLY;
  }

  /** 1 where a token takes part in the loss, [batch, seq]. */
  int[][] judged(CorruptedBatch batch) {
    return judgesChosenOnly() ? batch.updated() : batch.tokens().attentionMask();
  }

  private boolean isElectric() {
    return objective == PretrainObjective.Kind.ELECTRIC;
  }

  /**
   * Runs the discriminator.
   *
   * @param totals of the whole batch, of which {@code batch} may be a part
   * @param logNoise Electric's term per token, [tokens]; not read by other objectives
   * @param reader gets the loss, the logits [tokens, 1] and the gradients
   */
  <T> T run(
      CorruptedBatch batch,
      BatchTotals totals,
      double[] logNoise,
      long seed,
      Function<LossGraph.Result, T> reader) {
    PretrainFeeds feeds = new PretrainFeeds(TokenFeeds.of(batch.tokens(), config), type);
    feeds.putColumn(LABELS, Flat.scaled(batch.labels(), 1));
    double share = judgesChosenOnly() ? totals.perDistinct() : totals.perToken();
    feeds.putColumn(WEIGHTS, Flat.scaled(judged(batch), share));
    if (isElectric()) {
      feeds.putColumn(NOISE, logNoise);
    }
    return graph.run(feeds.withDropout(seed, PretrainFeeds.Owner.DISCRIMINATOR), reader);
  }

  long bufferBytes() {
    return graph.bufferBytes();
  }

  @Override
  public void close() {
    graph.close();
  }
}
