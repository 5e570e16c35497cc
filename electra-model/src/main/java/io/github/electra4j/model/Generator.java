package io.github.electra4j.model;

import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GeneratorHead;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import io.github.electra4j.model.graph.TwoTowers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The masked language model that proposes replacements: token ids to a logit for every entry of the
 * vocabulary. Safe to call from several threads.
 *
 * <p>A two-tower generator predicts each token from its left and right context and never sees the
 * token itself, so that it reads unmasked text; the other kinds read text with {@code [MASK]}.
 */
public final class Generator implements AutoCloseable {
  private static final String ROWS = "predicted_rows";

  private final ElectraConfig config;
  private final GeneratorConfig generator;
  private final List<Encoder.Output> encoders;
  private final SDVariable logits;
  private final GraphRunner predictions;
  private final GraphRunner activations;

  private Generator(ElectraConfig config, GeneratorConfig generator, WeightMap weights) {
    this.config = config;
    this.generator = generator;
    Scope root = Scope.root(weights::get);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    Network network;
    SDVariable context; // [tokens, hidden] or [tokens, 2·hidden]
    if (isTwoTower()) {
      network = Network.tower(config, generator, "ltr");
      TwoTowers.Output towers =
          TwoTowers.build(root, config, generator, inputs, DropoutSites.none());
      this.encoders = List.of(towers.leftToRight(), towers.rightToLeft());
      context = towers.context();
    } else {
      network = Network.generator(config, generator);
      AttentionPattern pattern = AttentionPattern.bidirectional(inputs);
      this.encoders = List.of(network.build(root, inputs, pattern, DropoutSites.none()));
      context = encoders.get(0).last();
    }
    SDVariable chosen =
        RowSelection.build("predicted", context, RowSelection.placeholder(root.sd(), ROWS));
    Scope head = root.at(isTwoTower() ? "cloze_predictions" : "generator_predictions");
    this.logits = GeneratorHead.build(head, chosen, network.wordEmbeddings(root));
    this.predictions = new GraphRunner(root.sd(), List.of(logits.name()));
    this.activations = new GraphRunner(root.sd(), outputs());
  }

  /** A generator over {@code weights}, which are shared, not copied. */
  public static Generator of(ElectraConfig config, WeightMap weights) {
    GeneratorConfig generator =
        config
            .generator()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "This checkpoint has no generator, so it has no vocabulary output; use a"
                            + " checkpoint with generator weights, or Discriminator"));
    return new Generator(config, generator, weights);
  }

  /** The architecture. */
  public ElectraConfig config() {
    return config;
  }

  /**
   * Vocabulary logits at chosen positions, {@code [batch][positions][vocab]}.
   *
   * @param positions token indices per sequence, {@code [batch][positions]}, each in [0, seq)
   */
  public float[][][] logits(TokenBatch batch, int[][] positions) {
    if (positions.length != batch.batch()) {
      throw new IllegalArgumentException(
          "positions has %d rows, the batch has %d".formatted(positions.length, batch.batch()));
    }
    int[] rows = RowSelection.at(positions, batch.seq());
    float[][] flat =
        predictions.run(feeds(batch, rows), out -> out.get(logits.name()).toFloatMatrix());
    float[][][] cube = new float[batch.batch()][positions[0].length][];
    for (int i = 0; i < flat.length; i++) {
      cube[i / positions[0].length][i % positions[0].length] = flat[i];
    }
    return cube;
  }

  /**
   * Log-probability under the generator of given tokens at every position, {@code [batch][seq]}.
   *
   * @param text what the generator reads
   * @param tokens the tokens whose probability is asked for, [batch][seq]
   */
  public float[][] logProbabilities(TokenBatch text, int[][] tokens) {
    int[] everyPosition = IntStream.range(0, text.seq()).toArray();
    int[][] positions = new int[text.batch()][];
    java.util.Arrays.fill(positions, everyPosition);
    float[][][] scores = logits(text, positions);
    float[][] out = new float[text.batch()][text.seq()];
    for (int row = 0; row < out.length; row++) {
      for (int column = 0; column < out[row].length; column++) {
        out[row][column] = logSoftmax(scores[row][column], tokens[row][column]);
      }
    }
    return out;
  }

  /**
   * Embeddings, the output of every layer, and vocabulary logits at every position, one entry per
   * encoder: two for a two-tower generator (left-to-right first, the same logits), otherwise one.
   */
  public List<Activations> activations(TokenBatch batch) {
    int[] rows = IntStream.range(0, batch.batch() * batch.seq()).toArray();
    return activations.run(
        feeds(batch, rows),
        out -> {
          INDArray scored = LayerOutputs.cube(out.get(logits.name()), batch);
          return encoders.stream()
              .map(encoder -> LayerOutputs.read(encoder, out, batch, scored))
              .toList();
        });
  }

  private boolean isTwoTower() {
    return generator.kind() == GeneratorConfig.Kind.TWO_TOWER;
  }

  private List<String> outputs() {
    List<String> names = new java.util.ArrayList<>();
    encoders.forEach(encoder -> names.addAll(LayerOutputs.names(encoder, Optional.empty())));
    names.add(logits.name());
    return names;
  }

  private Map<String, INDArray> feeds(TokenBatch batch, int[] rows) {
    Map<String, INDArray> feeds = TokenFeeds.of(batch, config);
    if (isTwoTower()) {
      feeds.putAll(TwoTowers.feeds(batch.batch(), batch.seq()));
    }
    feeds.put(ROWS, Nd4j.createFromArray(rows));
    return feeds;
  }

  private static float logSoftmax(float[] scores, int index) {
    double max = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - max);
    }
    return (float) (scores[index] - max - Math.log(sum));
  }

  /** Frees the native buffers of intermediate results; the weights stay. */
  @Override
  public void close() {
    predictions.close();
    activations.close();
  }
}
