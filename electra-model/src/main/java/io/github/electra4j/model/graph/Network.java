package io.github.electra4j.model.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One encoder of a checkpoint: where its weights live and how wide they are. Networks that name the
 * same embeddings share them.
 *
 * @param path scope of projection and layers, e.g. {@code electra}
 * @param embeddingsPath scope of the embeddings, {@code electra/embeddings} unless untied
 * @param embeddingSize width of the embeddings
 * @param encoder shape of the encoder
 */
public record Network(
    String path, String embeddingsPath, int embeddingSize, EncoderConfig encoder) {
  private static final String SHARED = "electra";

  /** The discriminator's encoder. */
  public static Network discriminator(ElectraConfig config) {
    return new Network(SHARED, SHARED + "/embeddings", config.embeddingSize(), config.encoder());
  }

  /** The generator's encoder, its own or the discriminator's. */
  public static Network generator(ElectraConfig config, GeneratorConfig generator) {
    return generator.kind() == GeneratorConfig.Kind.SHARED
        ? discriminator(config)
        : below("generator", config, generator);
  }

  /** One tower of the two-tower generator; {@code direction} is {@code ltr} or {@code rtl}. */
  public static Network tower(ElectraConfig config, GeneratorConfig generator, String direction) {
    return below("generator_" + direction, config, generator);
  }

  private static Network below(String path, ElectraConfig config, GeneratorConfig generator) {
    EncoderConfig encoder = generator.encoder();
    return generator.untiedEmbeddings()
        ? new Network(path, path + "/embeddings", config.embeddingSizeOf(generator), encoder)
        : new Network(path, SHARED + "/embeddings", config.embeddingSize(), encoder);
  }

  /** Adds embeddings and encoder to the graph of {@code root}. */
  public Encoder.Output build(
      Scope root, EncoderInputs inputs, AttentionPattern pattern, DropoutSites dropouts) {
    return build(root, inputs, pattern, dropouts, Encoder.Wanted.ALL_TOKENS);
  }

  /**
   * The same for who reads nothing but the vectors of {@code [CLS]}: the last layer's output is
   * [batch, hidden], and its attention, projection and feed-forward part are computed for the first
   * tokens alone. The vectors are those of {@link #build}; {@code pattern} must be bidirectional.
   */
  public Encoder.Output buildFirst(
      Scope root, EncoderInputs inputs, AttentionPattern pattern, DropoutSites dropouts) {
    return build(root, inputs, pattern, dropouts, Encoder.Wanted.FIRST_TOKENS);
  }

  private Encoder.Output build(
      Scope root,
      EncoderInputs inputs,
      AttentionPattern pattern,
      DropoutSites dropouts,
      Encoder.Wanted wanted) {
    SDVariable embeddings =
        new Embeddings(encoder.hiddenDropout())
            .build(root.at(embeddingsPath), inputs, dropouts); // [tokens, embedding]
    return new Encoder(encoder)
        .build(root.at(path), embeddings, embeddingSize, pattern, dropouts, wanted);
  }

  /** The word-embedding table of this network, {@code [vocab, embedding]}. */
  public SDVariable wordEmbeddings(Scope root) {
    return root.at(embeddingsPath).weight("word_embeddings");
  }
}
