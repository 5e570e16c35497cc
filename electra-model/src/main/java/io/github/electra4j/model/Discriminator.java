package io.github.electra4j.model;

import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DiscriminatorHead;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The trained encoder with its replaced-token head: token ids to hidden states and, per token, the
 * probability that it was replaced. Safe to call from several threads; batch size and length may
 * vary from call to call.
 *
 * <pre>{@code
 * try (Discriminator discriminator = Discriminator.of(config, weights)) {
 *   float[][] replaced = discriminator.probabilities(TokenBatch.of(101, 7592, 2088, 102));
 * }
 * }</pre>
 */
public final class Discriminator implements AutoCloseable {
  private final ElectraConfig config;
  private final Encoder.Output encoder;
  private final Optional<SDVariable> logits;
  private final GraphRunner scores;
  private final GraphRunner activations;

  private Discriminator(ElectraConfig config, WeightMap weights) {
    this.config = config;
    Scope root = Scope.root(weights::get);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    this.encoder =
        Network.discriminator(config)
            .build(root, inputs, AttentionPattern.bidirectional(inputs), DropoutSites.none());
    this.logits =
        config.discriminatorHead()
            ? Optional.of(DiscriminatorHead.build(root, encoder.last()))
            : Optional.empty();
    this.scores = new GraphRunner(root.sd(), List.of(logits.orElse(encoder.last()).name()));
    this.activations = new GraphRunner(root.sd(), LayerOutputs.names(encoder, logits));
  }

  /** A discriminator over {@code weights}, which are shared, not copied. */
  public static Discriminator of(ElectraConfig config, WeightMap weights) {
    return new Discriminator(config, weights);
  }

  /** The architecture. */
  public ElectraConfig config() {
    return config;
  }

  /**
   * Replaced-token logits {@code [batch][seq]}; above 0 the token counts as replaced.
   *
   * @throws IllegalStateException when the checkpoint has no replaced-token head
   */
  public float[][] logits(TokenBatch batch) {
    String name = head().name();
    return scores.run(
        TokenFeeds.of(batch, config),
        out -> out.get(name).reshape(batch.batch(), batch.seq()).toFloatMatrix());
  }

  /**
   * Probability that each token was replaced, {@code [batch][seq]}, in [0, 1]; meaningless at
   * padding.
   *
   * @throws IllegalStateException when the checkpoint has no replaced-token head
   */
  public float[][] probabilities(TokenBatch batch) {
    return sigmoid(logits(batch));
  }

  /**
   * The probabilities of the Electric model, whose logit adds the noise distribution: {@code f +
   * log q + log(k / (1 − k))}.
   *
   * @param logNoise {@link Generator#logProbabilities} of the tokens of {@code batch}, [batch][seq]
   * @param maskProbability share k of positions that were replaced in pre-training, in (0, 1)
   */
  public float[][] electricProbabilities(
      TokenBatch batch, float[][] logNoise, double maskProbability) {
    float[][] energies = logits(batch);
    double offset = Math.log(maskProbability / (1 - maskProbability));
    for (int row = 0; row < energies.length; row++) {
      for (int column = 0; column < energies[row].length; column++) {
        energies[row][column] += (float) (logNoise[row][column] + offset);
      }
    }
    return sigmoid(energies);
  }

  /** Embeddings, the output of every layer, and the logits. */
  public Activations activations(TokenBatch batch) {
    return activations.run(
        TokenFeeds.of(batch, config),
        out -> {
          INDArray scored =
              logits
                  .map(head -> out.get(head.name()).reshape(batch.batch(), batch.seq()).dup())
                  .orElseGet(() -> Nd4j.empty(DataType.FLOAT));
          return LayerOutputs.read(encoder, out, batch, scored);
        });
  }

  private SDVariable head() {
    return logits.orElseThrow(
        () ->
            new IllegalStateException(
                "This checkpoint has no replaced-token head (discriminator_predictions); a"
                    + " fine-tuned or masked-LM checkpoint has none. Use a pre-trained"
                    + " discriminator."));
  }

  private static float[][] sigmoid(float[][] logits) {
    for (float[] row : logits) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (1 / (1 + Math.exp(-row[i])));
      }
    }
    return logits;
  }

  /** Frees the native buffers of intermediate results; the weights stay. */
  @Override
  public void close() {
    scores.close();
    activations.close();
  }
}
