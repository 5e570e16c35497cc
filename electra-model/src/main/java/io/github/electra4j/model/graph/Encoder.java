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

  /**
   * What an encoder computes.
   *
   * @param embeddings [tokens, hidden], after the projection
   * @param layers the output of every layer, each [tokens, hidden]
   */
  public record Output(SDVariable embeddings, List<SDVariable> layers) {
    /** The output of the last layer, [tokens, hidden]. */
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
    SDVariable hidden =
        embeddingSize == config.hiddenSize()
            ? embeddings
            : Dense.build(scope.at("embeddings_project"), embeddings); // [tokens, hidden]
    List<SDVariable> layers = new ArrayList<>();
    TransformerLayer layer = new TransformerLayer(config);
    SDVariable last = hidden;
    for (int i = 0; i < config.layers(); i++) {
      last = layer.build(scope.at("encoder").at("layer_" + i), last, pattern, dropouts);
      layers.add(last);
    }
    return new Output(hidden, List.copyOf(layers));
  }
}
