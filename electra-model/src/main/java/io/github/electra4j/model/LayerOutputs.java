package io.github.electra4j.model;

import io.github.electra4j.model.graph.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The variables of an encoder that an {@link Activations} is read from. */
final class LayerOutputs {
  private LayerOutputs() {}

  /** Names of the embeddings, every layer and the logits, if there are any. */
  static List<String> names(Encoder.Output encoder, Optional<SDVariable> logits) {
    List<String> names = new ArrayList<>();
    names.add(encoder.embeddings().name());
    encoder.layers().forEach(layer -> names.add(layer.name()));
    logits.ifPresent(variable -> names.add(variable.name()));
    return names;
  }

  /**
   * Copies of the flat outputs as {@code [batch, seq, hidden]}, with {@code logits} beside them.
   */
  static Activations read(
      Encoder.Output encoder, Map<String, INDArray> out, TokenBatch batch, INDArray logits) {
    List<INDArray> layers = new ArrayList<>();
    encoder.layers().forEach(layer -> layers.add(cube(out.get(layer.name()), batch)));
    return new Activations(cube(out.get(encoder.embeddings().name()), batch), layers, logits);
  }

  /** A copy of {@code flat [tokens, width]} as {@code [batch, seq, width]}. */
  static INDArray cube(INDArray flat, TokenBatch batch) {
    return flat.dup('c').reshape(batch.batch(), batch.seq(), flat.size(1));
  }
}
