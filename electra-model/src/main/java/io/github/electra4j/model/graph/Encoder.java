package io.github.electra4j.model.graph;

import io.github.electra4j.model.EncoderConfig;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Projection of the embeddings to the hidden size, where the two differ, and the stack of layers.
 * There is no pooler: the vector of {@code [CLS]} is row {@code [:, 0]} of the last layer.
 */
public final class Encoder {
  private final EncoderConfig config;

  /** An encoder of the shape {@code config}. */
  public Encoder(EncoderConfig config) {
    this.config = config;
  }

  /** Whose vectors somebody reads. */
  enum Wanted {
    ALL_TOKENS,
    /** Those of every {@code [CLS]}: the last layer has queries of the first tokens only. */
    FIRST_TOKENS
  }

  /**
   * What an encoder computes.
   *
   * @param embeddings [tokens, hidden], after the projection
   * @param layers the output of every layer, each [tokens, hidden]
   */
  public record Output(SDVariable embeddings, List<SDVariable> layers) {
    /** The output of the last layer, [tokens, hidden], or [batch, hidden] of first tokens. */
    public SDVariable last() {
      return layers.get(layers.size() - 1);
    }
  }

  /**
   * Builds the encoder below {@code scope} ({@code electra} or {@code generator}).
   *
   * @param embeddings [tokens, embedding]
   * @param embeddingSize width of {@code embeddings}
   */
  public Output build(
      Scope scope,
      SDVariable embeddings,
      int embeddingSize,
      AttentionPattern pattern,
      DropoutSites dropouts) {
    return build(scope, embeddings, embeddingSize, pattern, dropouts, Wanted.ALL_TOKENS);
  }

  /**
   * As above; of the last layer only what is wanted, {@code last()} is then [batch, hidden].
   *
   * @param wanted what is read of the last layer
   */
  Output build(
      Scope scope,
      SDVariable embeddings,
      int embeddingSize,
      AttentionPattern pattern,
      DropoutSites dropouts,
      Wanted wanted) {
    SDVariable hidden =
        embeddingSize == config.hiddenSize()
            ? embeddings
            : Dense.build(scope.at("embeddings_project"), embeddings); // [tokens, hidden]
    List<SDVariable> layers = new ArrayList<>();
    TransformerLayer layer = new TransformerLayer(config);
    SDVariable last = hidden;
    for (int i = 0; i < config.layers(); i++) {
      Scope place = scope.at("encoder").at("layer_" + i);
      last =
          wanted == Wanted.FIRST_TOKENS && i == config.layers() - 1
              ? layer.buildFirst(place, last, pattern, dropouts) // [batch, hidden]
              : layer.build(place, last, pattern, dropouts); // [tokens, hidden]
      layers.add(last);
    }
    return new Output(hidden, List.copyOf(layers));
  }
}
