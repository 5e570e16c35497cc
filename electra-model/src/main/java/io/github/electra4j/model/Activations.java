package io.github.electra4j.model;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Everything one network computes for a batch, FLOAT, for people who compare models.
 *
 * @param embeddings input of the first layer, after the projection, [batch, seq, hidden]
 * @param layers the output of every layer, each [batch, seq, hidden]
 * @param logits replaced-token logits [batch, seq] of a discriminator (empty array without the
 *     head), or vocabulary logits [batch, seq, vocab] of a generator
 */
public record Activations(INDArray embeddings, List<INDArray> layers, INDArray logits) {
  /** Copies the list. */
  public Activations {
    layers = List.copyOf(layers);
  }
}
