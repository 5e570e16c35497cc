package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GeneratorHead;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import io.github.electra4j.model.graph.VocabularyLoss;
import io.github.electra4j.train.masking.BatchTotals;
import io.github.electra4j.train.masking.CorruptedBatch;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The encoder that reads a text with replaced tokens and predicts the original ones: at the chosen
 * positions (replace MLM), or everywhere with a chance to copy (all-tokens MLM).
 */
final class RestorationGraph implements AutoCloseable {
  private static final String ROWS = "predicted_rows";
  private static final String TARGETS = "targets";
  private static final String WEIGHTS = "target_weights";
  private static final String UNCHANGED = "unchanged";

  private final ElectraConfig config;
  private final boolean copying;
  private final DataType type;
  private final LossGraph graph;

  RestorationGraph(
      ElectraConfig config,
      PretrainObjective objective,
      Map<String, INDArray> weights,
      boolean training) {
    this.config = config;
    this.copying = objective.kind().vocabularyHead().equals(Optional.of(VocabularyHead.COPYING));
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
    LossGraph.Parts parts = parts(root, hidden, objective.discriminatorWeight());
    this.graph =
        training
            ? LossGraph.training(root, parts, weights.keySet(), List.of())
            : LossGraph.evaluating(root, parts);
  }

  private LossGraph.Parts parts(Scope root, SDVariable hidden, double weight) {
    Scope head = root.at("encoder_predictions");
    SDVariable rows =
        copying
            ? hidden
            : RowSelection.build("predicted", hidden, RowSelection.placeholder(root.sd(), ROWS));
    SDVariable table = Network.discriminator(config).wordEmbeddings(root);
    SDVariable logits = GeneratorHead.build(head, rows, table); // [rows, vocab]
    SDVariable losses =
        VocabularyLoss.build(
            root, logits, RowSelection.placeholder(root.sd(), TARGETS)); // [rows, 1]
    Optional<SDVariable> gate = Optional.empty();
    if (copying) {
      SDVariable copy = Dense.build(head.at("copy"), hidden); // [tokens, 1]
      losses = PretrainLosses.withCopying(losses, copy, column(root, UNCHANGED)); // [tokens, 1]
      gate = Optional.of(copy);
    }
    SDVariable loss = losses.mul(column(root, WEIGHTS)).sum();
    return new LossGraph.Parts(loss, logits, weight, gate);
  }

  private SDVariable column(Scope root, String name) {
    return root.sd().placeHolder(name, type, -1, 1); // [rows, 1]
  }

  /**
   * Runs the encoder.
   *
   * @param totals of the whole batch, of which {@code batch} may be a part
   * @param reader gets what it predicts, valid only while it runs, and the gradients
   */
  <T> T run(
      MaskedBatch batch,
      CorruptedBatch corrupted,
      BatchTotals totals,
      long seed,
      Function<Restored, T> reader) {
    PretrainFeeds feeds = new PretrainFeeds(TokenFeeds.of(corrupted.tokens(), config), type);
    int seq = batch.original().seq();
    if (copying) {
      int[] originals = Flat.ints(batch.original().inputIds());
      feeds.put(TARGETS, Flat.targets(originals, config.vocabSize()));
      feeds.putColumn(WEIGHTS, Flat.scaled(batch.original().attentionMask(), totals.perToken()));
      feeds.putColumn(UNCHANGED, unchanged(originals, Flat.ints(corrupted.tokens().inputIds())));
    } else {
      feeds.put(ROWS, RowSelection.at(batch.maskedPositions(), seq));
      feeds.put(TARGETS, Flat.targets(Flat.ints(batch.maskedIds()), config.vocabSize()));
      feeds.putColumn(WEIGHTS, Flat.scaled(batch.maskedWeights(), totals.perChosen()));
    }
    return graph.run(
        feeds.withDropout(seed, PretrainFeeds.Owner.DISCRIMINATOR),
        result -> reader.apply(restored(result, batch, corrupted)));
  }

  /**
   * What a run gives.
   *
   * @param gradients by the name of the weight; empty in evaluation
   */
  record Restored(PretrainOutcome.Restoration restoration, Map<String, INDArray> gradients) {}

  private Restored restored(LossGraph.Result result, MaskedBatch batch, CorruptedBatch corrupted) {
    int seq = batch.original().seq();
    SlotLogits logits =
        copying
            ? SlotLogits.atPositions(result.output(), batch.maskedPositions(), seq)
            : SlotLogits.inOrder(result.output(), batch.slots());
    return new Restored(
        new PretrainOutcome.Restoration(
            corrupted, result.loss(), logits, result.gate().map(gate -> Flat.matrix(gate, seq))),
        result.gradients());
  }

  private static double[] unchanged(int[] originals, int[] ids) {
    double[] same = new double[ids.length];
    for (int token = 0; token < ids.length; token++) {
      same[token] = ids[token] == originals[token] ? 1 : 0;
    }
    return same;
  }

  long bufferBytes() {
    return graph.bufferBytes();
  }

  @Override
  public void close() {
    graph.close();
  }
}
