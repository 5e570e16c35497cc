package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GeneratorHead;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import io.github.electra4j.model.graph.TwoTowers;
import io.github.electra4j.train.masking.BatchTotals;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator and its loss: masked positions of a text with {@code [MASK]}, or, with two towers,
 * every candidate of the text itself.
 */
final class GeneratorGraph implements AutoCloseable {
  private static final String ROWS = "predicted_rows";
  private static final String TARGETS = "targets";
  private static final String WEIGHTS = "target_weights";

  private final ElectraConfig config;
  private final GeneratorConfig generator;
  private final DataType type;
  private final LossGraph graph;

  GeneratorGraph(
      ElectraConfig config,
      GeneratorConfig generator,
      Map<String, INDArray> weights,
      double lossWeight,
      boolean training) {
    this.config = config;
    this.generator = generator;
    this.type = weights.values().iterator().next().dataType();
    Scope root = Scope.root(weights::get);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), type);
    SDVariable logits =
        logits(root, inputs, PretrainFeeds.dropouts(root.sd(), training)); // [rows, vocab]
    SDVariable loss =
        PretrainLosses.vocabulary(
            root,
            logits,
            RowSelection.placeholder(root.sd(), TARGETS),
            root.sd().placeHolder(WEIGHTS, type, -1, 1));
    LossGraph.Parts parts = new LossGraph.Parts(loss, logits, lossWeight);
    this.graph =
        training
            ? LossGraph.training(root, parts, weights.keySet(), onlyLookedUp())
            : LossGraph.evaluating(root, parts);
  }

  private SDVariable logits(Scope root, EncoderInputs inputs, DropoutSites dropouts) {
    if (isTwoTower()) {
      SDVariable context =
          TwoTowers.build(root, config, generator, inputs, dropouts)
              .context(); // [tokens, 2·hidden]
      SDVariable table = Network.tower(config, generator, "ltr").wordEmbeddings(root);
      return GeneratorHead.build(root.at("cloze_predictions"), context, table);
    }
    Network network = Network.generator(config, generator);
    SDVariable hidden =
        network
            .build(root, inputs, AttentionPattern.bidirectional(inputs), dropouts)
            .last(); // [tokens, hidden]
    SDVariable chosen =
        RowSelection.build("predicted", hidden, RowSelection.placeholder(root.sd(), ROWS));
    return GeneratorHead.build(
        root.at("generator_predictions"), chosen, network.wordEmbeddings(root));
  }

  /** The scopes of embeddings that this graph looks up but does not tie to its softmax. */
  List<String> onlyLookedUp() {
    return isTwoTower() && generator.untiedEmbeddings()
        ? List.of(Network.tower(config, generator, "rtl").embeddingsPath())
        : List.of();
  }

  /** Whether there are logits for every token, not only for the slots. */
  boolean isTwoTower() {
    return generator.kind() == GeneratorConfig.Kind.TWO_TOWER;
  }

  /** The logits of the slots in the output of {@link #run}. */
  SlotLogits slots(INDArray logits, MaskedBatch batch) {
    return isTwoTower()
        ? SlotLogits.atPositions(logits, batch.maskedPositions(), batch.original().seq())
        : SlotLogits.inOrder(logits, batch.slots());
  }

  /**
   * Runs the generator.
   *
   * @param totals of the whole batch, of which {@code batch} may be a part
   * @param reader gets the loss, the logits [rows, vocab] and the gradients
   */
  <T> T run(
      MaskedBatch batch, BatchTotals totals, long seed, Function<LossGraph.Result, T> reader) {
    PretrainFeeds feeds;
    if (isTwoTower()) {
      int seq = batch.original().seq();
      feeds = new PretrainFeeds(TokenFeeds.of(batch.original(), config), type);
      feeds.putAll(TwoTowers.feeds(batch.batch(), seq));
      feeds.put(TARGETS, Flat.targets(Flat.ints(batch.original().inputIds()), config.vocabSize()));
      feeds.putColumn(WEIGHTS, Flat.scaled(batch.candidates(), totals.perCandidate()));
    } else {
      feeds = new PretrainFeeds(TokenFeeds.of(batch.masked(), config), type);
      feeds.put(ROWS, RowSelection.at(batch.maskedPositions(), batch.original().seq()));
      feeds.put(TARGETS, Flat.targets(Flat.ints(batch.maskedIds()), config.vocabSize()));
      feeds.putColumn(WEIGHTS, Flat.scaled(batch.maskedWeights(), totals.perChosen()));
    }
    return graph.run(feeds.withDropout(seed, PretrainFeeds.Owner.GENERATOR), reader);
  }

  long bufferBytes() {
    return graph.bufferBytes();
  }

  @Override
  public void close() {
    graph.close();
  }
}
