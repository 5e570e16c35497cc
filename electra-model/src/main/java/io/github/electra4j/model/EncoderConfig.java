package io.github.electra4j.model;

/**
 * The shape of one transformer encoder (paper section 3.3; BERT's architecture without a pooler).
 *
 * @param hiddenSize width of every layer; a multiple of {@code attentionHeads}
 * @param layers number of transformer layers, from 1 to {@link #MOST_LAYERS}
 * @param attentionHeads heads per layer, at least 1
 * @param intermediateSize width of the feed-forward layer, at least 1
 * @param hiddenDropout share of hidden values dropped while training, in [0, 1)
 * @param attentionDropout share of attention probabilities dropped while training, in [0, 1)
 */
public record EncoderConfig(
    int hiddenSize,
    int layers,
    int attentionHeads,
    int intermediateSize,
    double hiddenDropout,
    double attentionDropout) {

  /**
   * Most layers of an encoder, many times those of any published one. Names and shapes of all
   * tensors follow from a configuration, so that a file must not ask for any number of them.
   */
  public static final int MOST_LAYERS = 1000;

  /** Checks every field. */
  public EncoderConfig {
    requirePositive("hiddenSize", hiddenSize);
    requirePositive("layers", layers);
    if (layers > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "EncoderConfig.layers is %d; it must be at most %d".formatted(layers, MOST_LAYERS));
    }
    requirePositive("attentionHeads", attentionHeads);
    requirePositive("intermediateSize", intermediateSize);
    requireProbability("hiddenDropout", hiddenDropout);
    requireProbability("attentionDropout", attentionDropout);
    if (hiddenSize % attentionHeads != 0) {
      throw new IllegalArgumentException(
          "EncoderConfig.hiddenSize %d is not a multiple of attentionHeads %d; choose e.g. %d"
              .formatted(
                  hiddenSize,
                  attentionHeads,
                  attentionHeads * Math.max(1, hiddenSize / attentionHeads)));
    }
  }

  /** Width of one attention head. */
  public int headSize() {
    return hiddenSize / attentionHeads;
  }

  /** The same encoder with other dropout probabilities. */
  public EncoderConfig withDropout(double hidden, double attention) {
    return new EncoderConfig(
        hiddenSize, layers, attentionHeads, intermediateSize, hidden, attention);
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "EncoderConfig.%s is %d; it must be at least 1".formatted(field, value));
    }
  }

  private static void requireProbability(String field, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "EncoderConfig.%s is %s; it must be in [0, 1)".formatted(field, value));
    }
  }
}
