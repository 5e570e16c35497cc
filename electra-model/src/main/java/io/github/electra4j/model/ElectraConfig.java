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
 * @param generator the generator, if the checkpoint has one; of kind SHARED its encoder equals
 *     {@code encoder}
 * @param discriminatorHead whether {@code discriminator_predictions/} is present
 * @param vocabularyHead the head {@code encoder_predictions/} with which the encoder itself
 *     predicts tokens next to a generator of its own; only the paper's analysis objectives have one
 */
public record ElectraConfig(
    int vocabSize,
    int embeddingSize,
    int maxPositions,
    int tokenTypes,
    double initializerRange,
    EncoderConfig encoder,
    Optional<GeneratorConfig> generator,
    boolean discriminatorHead,
    Optional<VocabularyHead> vocabularyHead) {

  private static final int BERT_VOCABULARY = 30522;
  private static final int POSITIONS = 512;
  private static final int TOKEN_TYPES = 2;
  private static final double INITIALIZER_RANGE = 0.02;
  private static final double DROPOUT = 0.1;

  /** Checks every field. */
  public ElectraConfig {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(generator, "generator");
    Objects.requireNonNull(vocabularyHead, "vocabularyHead");
    requirePositive("vocabSize", vocabSize);
    requirePositive("embeddingSize", embeddingSize);
    requirePositive("maxPositions", maxPositions);
    requirePositive("tokenTypes", tokenTypes);
    if (!(initializerRange > 0 && initializerRange < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ElectraConfig.initializerRange is %s; it must be above 0".formatted(initializerRange));
    }
    if (generator.isPresent()
        && generator.get().kind() == GeneratorConfig.Kind.SHARED
        && !generator.get().encoder().equals(encoder)) {
      throw new IllegalArgumentException(
          "ElectraConfig.generator is of kind SHARED with encoder %s, but the discriminator's is %s; a shared encoder is one and the same"
              .formatted(generator.get().encoder(), encoder));
    }
  }

  /** An architecture whose encoder has no vocabulary head, as all of the original's. */
  public ElectraConfig(
      int vocabSize,
      int embeddingSize,
      int maxPositions,
      int tokenTypes,
      double initializerRange,
      EncoderConfig encoder,
      Optional<GeneratorConfig> generator,
      boolean discriminatorHead) {
    this(
        vocabSize,
        embeddingSize,
        maxPositions,
        tokenTypes,
        initializerRange,
        encoder,
        generator,
        discriminatorHead,
        Optional.empty());
  }

  /**
   * A model for demonstrations and tests: 4 layers of width 128, embeddings of 128, a generator of
   * a quarter of the width.
   */
  public static ElectraConfig tiny(int vocabSize) {
    return preset(new EncoderConfig(128, 4, 2, 512, DROPOUT, DROPOUT), 128, 0.25)
        .withVocabSize(vocabSize);
  }

  /**
   * ELECTRA-Small of the paper: 12 layers of width 256, embeddings of 128, a generator of a quarter
   * of the width; vocabulary of BERT uncased (30522), as in all presets of published sizes.
   */
  public static ElectraConfig small() {
    return preset(new EncoderConfig(256, 12, 4, 1024, DROPOUT, DROPOUT), 128, 0.25);
  }

  /** ELECTRA-Small++, the released small checkpoint: {@link #small} with a full-width generator. */
  public static ElectraConfig smallPlusPlus() {
    return preset(new EncoderConfig(256, 12, 4, 1024, DROPOUT, DROPOUT), 128, 1.0);
  }

  /** ELECTRA-Base: 12 layers of width 768, a generator of a third of the width. */
  public static ElectraConfig base() {
    return preset(new EncoderConfig(768, 12, 12, 3072, DROPOUT, DROPOUT), 768, 0.33333);
  }

  /** ELECTRA-Large: 24 layers of width 1024, a generator of a quarter of the width. */
  public static ElectraConfig large() {
    return preset(new EncoderConfig(1024, 24, 16, 4096, DROPOUT, DROPOUT), 1024, 0.25);
  }

  /** The same architecture for another vocabulary. */
  public ElectraConfig withVocabSize(int size) {
    return new ElectraConfig(
        size,
        embeddingSize,
        maxPositions,
        tokenTypes,
        initializerRange,
        encoder,
        generator,
        discriminatorHead,
        vocabularyHead);
  }

  /** The same architecture with embedding tables of another width. */
  public ElectraConfig withEmbeddingSize(int size) {
    return new ElectraConfig(
        vocabSize,
        size,
        maxPositions,
        tokenTypes,
        initializerRange,
        encoder,
        generator,
        discriminatorHead,
        vocabularyHead);
  }

  /** The same architecture for sequences of another greatest length. */
  public ElectraConfig withMaxPositions(int positions) {
    return new ElectraConfig(
        vocabSize,
        embeddingSize,
        positions,
        tokenTypes,
        initializerRange,
        encoder,
        generator,
        discriminatorHead,
        vocabularyHead);
  }

  /** The same architecture with another spread of new weights. */
  public ElectraConfig withInitializerRange(double range) {
    return new ElectraConfig(
        vocabSize,
        embeddingSize,
        maxPositions,
        tokenTypes,
        range,
        encoder,
        generator,
        discriminatorHead,
        vocabularyHead);
  }

  /**
   * The same checkpoint with another discriminator encoder. A generator of kind SHARED follows; one
   * of its own keeps its size.
   */
  public ElectraConfig withEncoder(EncoderConfig other) {
    return withNetworks(
        other,
        generator.map(
            g -> g.kind() == GeneratorConfig.Kind.SHARED ? GeneratorConfig.shared(other) : g),
        discriminatorHead);
  }

  /** The same checkpoint with this generator. */
  public ElectraConfig withGenerator(GeneratorConfig other) {
    return withNetworks(encoder, Optional.of(other), discriminatorHead);
  }

  /** The same checkpoint with or without the discriminator's head. */
  public ElectraConfig withDiscriminatorHead(boolean present) {
    return withNetworks(encoder, generator, present);
  }

  /** The same checkpoint with this vocabulary head on the encoder, or without one. */
  public ElectraConfig withVocabularyHead(Optional<VocabularyHead> head) {
    return new ElectraConfig(
        vocabSize,
        embeddingSize,
        maxPositions,
        tokenTypes,
        initializerRange,
        encoder,
        generator,
        discriminatorHead,
        head);
  }

  /** The same architecture with these dropout probabilities, each in [0, 1), in every network. */
  public ElectraConfig withDropout(double hidden, double attention) {
    return withNetworks(
        encoder.withDropout(hidden, attention),
        generator.map(g -> g.withEncoder(g.encoder().withDropout(hidden, attention))),
        discriminatorHead);
  }

  /** The discriminator alone: encoder and head, no generator. */
  public ElectraConfig discriminatorOnly() {
    return withNetworks(encoder, Optional.empty(), true).withVocabularyHead(Optional.empty());
  }

  /** The encoder alone, no head and no generator: what fine-tuning starts from. */
  public ElectraConfig encoderOnly() {
    return withNetworks(encoder, Optional.empty(), false).withVocabularyHead(Optional.empty());
  }

  /**
   * Width of the generator's embedding tables: its hidden size if they are its own, else that of
   * the tables it shares or is disentangled from.
   */
  public int embeddingSizeOf(GeneratorConfig of) {
    return of.untiedEmbeddings() && !of.disentangledEmbeddings()
        ? of.encoder().hiddenSize()
        : embeddingSize;
  }

  private ElectraConfig withNetworks(
      EncoderConfig newEncoder, Optional<GeneratorConfig> newGenerator, boolean head) {
    return new ElectraConfig(
        vocabSize,
        embeddingSize,
        maxPositions,
        tokenTypes,
        initializerRange,
        newEncoder,
        newGenerator,
        head,
        vocabularyHead);
  }

  private static ElectraConfig preset(
      EncoderConfig encoder, int embeddingSize, double generatorFraction) {
    return new ElectraConfig(
        BERT_VOCABULARY,
        embeddingSize,
        POSITIONS,
        TOKEN_TYPES,
        INITIALIZER_RANGE,
        encoder,
        Optional.of(GeneratorConfig.of(encoder, generatorFraction, 1.0)),
        true);
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "ElectraConfig.%s is %d; it must be at least 1".formatted(field, value));
    }
  }
}
