package io.github.electra4j.model;

import java.util.Objects;
import java.util.Optional;

/**
 * The architecture of a checkpoint: which networks it holds and how wide they are. It says nothing
 * about learning or about places on disk.
 *
 * @param vocabSize rows of the word-embedding table
 * @param embeddingSize width of the embedding tables; where it differs from an encoder's hidden
 *     size, {@code embeddings_project} joins them
 * @param maxPositions rows of the position table: the longest sequence the model can read
 * @param tokenTypes rows of the token-type table
 * @param initializerRange standard deviation of the truncated normal for new weights
 * @param encoder the discriminator's encoder, scope {@code electra/}
 * @param generator the generator, if the checkpoint has one
 * @param discriminatorHead whether {@code discriminator_predictions/} is present
 */
public record ElectraConfig(
    int vocabSize,
    int embeddingSize,
    int maxPositions,
    int tokenTypes,
    double initializerRange,
    EncoderConfig encoder,
    Optional<GeneratorConfig> generator,
    boolean discriminatorHead) {

  /** Checks every field. */
  public ElectraConfig {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(generator, "generator");
    requirePositive("vocabSize", vocabSize);
    requirePositive("embeddingSize", embeddingSize);
    requirePositive("maxPositions", maxPositions);
    requirePositive("tokenTypes", tokenTypes);
    if (!(initializerRange > 0)) {
      throw new IllegalArgumentException(
          "ElectraConfig.initializerRange is %s; it must be above 0".formatted(initializerRange));
    }
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "ElectraConfig.%s is %d; it must be at least 1".formatted(field, value));
    }
  }
}
