package io.github.electra4j.train.flops;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;

/**
 * Operations of pre-training per example, forward and backward.
 *
 * @param generator of the generator, both towers if it has two; 0 without one
 * @param discriminator of the discriminator; 0 without one
 */
public record PretrainFlops(double generator, double discriminator) {

  /**
   * Counts the networks of an architecture.
   *
   * @param seq tokens per example
   * @param outputFraction share of the tokens that the generator predicts; {@link
   *     TransformerFlops#PAPER_OUTPUT_FRACTION} gives the paper's numbers
   */
  public static PretrainFlops of(ElectraConfig config, int seq, double outputFraction) {
    double generator =
        config.generator().map(g -> generator(config, g, seq, outputFraction)).orElse(0.0);
    double discriminator =
        config.discriminatorHead()
            ? TransformerFlops.of(
                    config, config.encoder(), config.embeddingSize(), seq, outputFraction)
                .trainDiscriminator(1)
            : 0;
    return new PretrainFlops(generator, discriminator);
  }

  private static double generator(
      ElectraConfig config, GeneratorConfig generator, int seq, double outputFraction) {
    boolean towers = generator.kind() == GeneratorConfig.Kind.TWO_TOWER;
    long embedding =
        generator.untiedEmbeddings() ? generator.encoder().hiddenSize() : config.embeddingSize();
    TransformerFlops flops =
        TransformerFlops.of(
            config, generator.encoder(), embedding, seq, towers ? 1 : outputFraction);
    double second = towers ? 2 * (flops.layers() * flops.block() + flops.embeddings()) : 0;
    return flops.trainGenerator(1) + second;
  }

  /** Both networks. */
  public double perExample() {
    return generator + discriminator;
  }

  /** A run of so many updates of so many examples. */
  public double total(long batchSize, long steps) {
    return perExample() * batchSize * steps;
  }
}
