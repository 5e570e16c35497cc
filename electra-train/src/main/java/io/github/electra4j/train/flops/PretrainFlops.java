package io.github.electra4j.train.flops;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.VocabularyHead;
import java.util.Optional;

/**
 * Operations of pre-training per example, forward and backward.
 *
 * @param generator of the generator, both towers if it has two; 0 without one
 * @param discriminator of the discriminator, or of the encoder that restores tokens; 0 without one
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
    return new PretrainFlops(generator, reader(config, seq, outputFraction));
  }

  /** The network that reads the replaced text. */
  private static double reader(ElectraConfig config, int seq, double outputFraction) {
    boolean everywhere = config.vocabularyHead().equals(Optional.of(VocabularyHead.COPYING));
    TransformerFlops flops =
        TransformerFlops.of(
            config, config.encoder(), config.embeddingSize(), seq, everywhere ? 1 : outputFraction);
    if (config.discriminatorHead()) {
      return flops.trainDiscriminator(1);
    }
    return config.vocabularyHead().isPresent() ? flops.trainGenerator(1) : 0;
  }

  /**
   * The multiplications and additions of the matrix products of one example, forward and backward,
   * which is twice as much again: what the machine does, without lookups and whatever else the
   * paper counts in.
   *
   * @param seq tokens per example
   * @param slots masked positions per example
   */
  public static double executed(ElectraConfig config, int seq, int slots) {
    double forward = 0;
    if (config.generator().isPresent()) {
      GeneratorConfig generator = config.generator().get();
      boolean towers = generator.kind() == GeneratorConfig.Kind.TWO_TOWER;
      double width = config.embeddingSizeOf(generator);
      double hidden = generator.encoder().hiddenSize();
      forward += (towers ? 2 : 1) * encoder(generator.encoder(), width, seq);
      forward +=
          (towers ? seq : slots) * 2 * width * ((towers ? 2 : 1) * hidden + config.vocabSize());
    }
    double hidden = config.encoder().hiddenSize();
    if (config.discriminatorHead()) {
      forward += encoder(config.encoder(), config.embeddingSize(), seq);
      forward += seq * 2.0 * hidden * (hidden + 1);
    } else if (config.vocabularyHead().isPresent()) {
      boolean everywhere = config.vocabularyHead().get() == VocabularyHead.COPYING;
      forward += encoder(config.encoder(), config.embeddingSize(), seq);
      forward +=
          (everywhere ? seq : slots) * 2.0 * config.embeddingSize() * (hidden + config.vocabSize());
    }
    return 3 * forward;
  }

  /** Matrix products of one encoder, forward, one example. */
  private static double encoder(EncoderConfig encoder, double embedding, double seq) {
    double h = encoder.hiddenSize();
    double projection = embedding == h ? 0 : 2 * embedding * h;
    double layer = 2 * (4 * h * h + 2 * h * encoder.intermediateSize()) + 4 * seq * h;
    return seq * (projection + encoder.layers() * layer);
  }

  private static double generator(
      ElectraConfig config, GeneratorConfig generator, int seq, double outputFraction) {
    boolean towers = generator.kind() == GeneratorConfig.Kind.TWO_TOWER;
    long embedding = config.embeddingSizeOf(generator);
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
