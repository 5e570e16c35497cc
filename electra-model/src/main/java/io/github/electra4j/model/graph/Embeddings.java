package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.EmbeddingLookup;
import io.github.electra4j.model.op.FusedNorm;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Word, token-type and position embeddings, added, normalised and dropped out. The order of the
 * additions is the original's.
 */
public final class Embeddings {
  private final double dropout;

  /** Embeddings with the encoder's hidden dropout. */
  public Embeddings(double dropout) {
    this.dropout = dropout;
  }

  /** {@code -> [tokens, embedding]}; {@code scope} ends in {@code embeddings}. */
  public SDVariable build(Scope scope, EncoderInputs inputs, DropoutSites dropouts) {
    SDVariable words = lookup(scope, "word_embeddings", inputs.inputIds()); // [tokens, embedding]
    SDVariable types = lookup(scope, "token_type_embeddings", inputs.tokenTypeIds());
    SDVariable positions = lookup(scope, "position_embeddings", inputs.positionIds());
    Scope norm = scope.at("LayerNorm");
    if (scope.isFused(words)) {
      return FusedNorm.build(
          norm.weight("gamma"),
          norm.weight("beta"),
          List.of(words, types, positions),
          dropouts.next(dropout)); // [tokens, embedding]
    }
    SDVariable sum = words.add(types).add(positions); // [tokens, embedding]
    SDVariable normalised = LayerNorm.build(norm, sum); // [tokens, embedding]
    return dropouts.drop(normalised, dropout);
  }

  /**
   * The name under which the rows of {@code word_embeddings} that were looked up can be asked for.
   */
  public static String lookupName(String embeddingsPath) {
    return embeddingsPath + "/word_embeddings/rows";
  }

  private static SDVariable lookup(Scope scope, String table, SDVariable ids) {
    String wanted = scope.at(table).path() + "/rows";
    String name = wanted;
    for (int copy = 1; scope.sd().hasVariable(name); copy++) {
      name = wanted + "_" + copy;
    }
    return EmbeddingLookup.build(name, scope.weight(table), ids);
  }
}
