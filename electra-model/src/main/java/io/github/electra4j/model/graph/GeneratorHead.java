package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.FusedDense;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The generator's vocabulary output (paper section 2): a dense layer back to the width of the
 * word-embedding table, GELU, LayerNorm, and the product with that very table.
 */
public final class GeneratorHead {
  private GeneratorHead() {}

  /**
   * Builds the head.
   *
   * @param head scope {@code generator_predictions}, or {@code cloze_predictions} of the two-tower
   *     model
   * @param hidden [positions, hidden]
   * @param table the generator's {@code word_embeddings} [vocab, embedding]
   * @return logits [positions, vocab]
   */
  public static SDVariable build(Scope head, SDVariable hidden, SDVariable table) {
    SDVariable activated = Dense.withGelu(head.at("dense"), hidden); // [.., embedding]
    SDVariable normalised = LayerNorm.build(head.at("LayerNorm"), activated); // [.., embedding]
    SDVariable bias = head.weight("output_bias"); // [vocab]
    return head.isFused(normalised)
        ? FusedDense.transposed(normalised, table, bias)
        : head.sd().mmul(normalised, table, false, true, false).add(bias); // [positions, vocab]
  }
}
