package io.github.electra4j.model;

/** The dense layers from the vector of {@code [CLS]} to the outputs of a head for whole texts. */
public enum HeadLayers {
  /** One layer, as google-research/electra has: {@code dense [hidden, outputs]}. */
  ONE,
  /**
   * As HuggingFace's heads have: {@code hidden [hidden, hidden]} with GELU, then {@code dense
   * [hidden, outputs]}, with dropout before each.
   */
  TWO
}
