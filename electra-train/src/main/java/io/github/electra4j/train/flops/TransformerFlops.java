package io.github.electra4j.train.flops;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;

/**
 * Floating-point operations of one transformer, counted as google-research/electra counts them
 * (flops_computation.py): one per arithmetic operation, {@code 2·m·n} for a row times a matrix,
 * embedding lookups as products with one-hot vectors, and a backward pass as expensive as a forward
 * pass. One term is kept as the original has it, although a factor is missing there: the LayerNorm
 * after attention.
 *
 * @param hidden width of the layers
 * @param layers number of layers
 * @param seq tokens per example
 * @param vocab entries of the vocabulary
 * @param embedding width of the embeddings
 * @param intermediate width of the feed-forward layer
 * @param heads attention heads
 * @param outputFraction share of the tokens that are predicted, in [0, 1]
 */
public record TransformerFlops(
    long hidden,
    long layers,
    long seq,
    long vocab,
    long embedding,
    long intermediate,
    long heads,
    double outputFraction) {

  /** The paper's share of predicted tokens: 20 of 128. */
  public static final double PAPER_OUTPUT_FRACTION = 0.15625;

  private static final double DROPOUT = 4;
  private static final double LAYER_NORM = 5;
  private static final double GELU = 8;
  private static final double SOFTMAX = 5;

  /** Checks that every size is at least 1. */
  public TransformerFlops {
    if (Math.min(Math.min(hidden, layers), Math.min(seq, vocab)) < 1
        || Math.min(embedding, Math.min(intermediate, heads)) < 1
        || !(outputFraction >= 0 && outputFraction <= 1)) {
      throw new IllegalArgumentException(
          "TransformerFlops has hidden %d, layers %d, seq %d, vocab %d, embedding %d, intermediate %d, heads %d and output fraction %s; sizes must be at least 1 and the fraction in [0, 1]"
              .formatted(
                  hidden, layers, seq, vocab, embedding, intermediate, heads, outputFraction));
    }
  }

  /** A network of the usual proportions: 4 times wider feed-forward layers, heads of 64 units. */
  public static TransformerFlops of(
      long hidden, long layers, long seq, long vocab, long embedding) {
    return new TransformerFlops(
        hidden,
        layers,
        seq,
        vocab,
        embedding,
        4 * hidden,
        Math.max(1, hidden / 64),
        PAPER_OUTPUT_FRACTION);
  }

  /** An encoder of a checkpoint on sequences of {@code seq} tokens. */
  static TransformerFlops of(
      ElectraConfig config, EncoderConfig encoder, long embedding, int seq, double fraction) {
    return new TransformerFlops(
        encoder.hiddenSize(),
        encoder.layers(),
        seq,
        config.vocabSize(),
        embedding,
        encoder.intermediateSize(),
        encoder.attentionHeads(),
        fraction);
  }

  /** One layer, forward, one example. */
  public double block() {
    double h = hidden;
    double s = seq;
    double attention =
        3 * 2 * h * h
            + 3 * h
            + 2 * h * s
            + SOFTMAX * s * heads
            + DROPOUT * s * heads
            + s * heads
            + 2 * h * s;
    double attentionOutput = 2 * h * h + h + DROPOUT * h + h + LAYER_NORM;
    double feedForward =
        2 * h * intermediate
            + intermediate
            + GELU * intermediate
            + 2 * h * intermediate
            + h
            + DROPOUT * h
            + h
            + LAYER_NORM * h;
    return (attention + attentionOutput + feedForward) * s;
  }

  /** Embeddings and their projection, forward, one example. */
  public double embeddings() {
    double e = embedding;
    double lookups = 2 * e * vocab + 2 * e * (seq + 2) + 2 * e;
    double projection = embedding == hidden ? 0 : 2.0 * hidden * e + hidden;
    return (lookups + LAYER_NORM * e + DROPOUT * e + projection) * seq;
  }

  /** The softmax over the vocabulary at the predicted tokens, forward, one example. */
  public double outputSoftmax() {
    double e = embedding;
    double perToken =
        2 * e * vocab
            + 2.0 * hidden * e
            + e
            + GELU * e
            + LAYER_NORM * e
            + SOFTMAX * vocab
            + 2.0 * vocab;
    return perToken * outputFraction * seq;
  }

  /** The head of replaced-token detection, forward, one example. */
  public double detectionHead() {
    double h = hidden;
    return (2 * h * h + h + GELU * h + 2 * h) * seq;
  }

  /** A discriminator, forward, one example. */
  public double inference() {
    return layers * block() + embeddings() + detectionHead();
  }

  /** Forward and backward of so many examples with the vocabulary's softmax. */
  public double trainGenerator(double examples) {
    return 2 * examples * (layers * block() + embeddings() + outputSoftmax());
  }

  /** Forward and backward of so many examples with the detection head. */
  public double trainDiscriminator(double examples) {
    return 2 * examples * inference();
  }
}
