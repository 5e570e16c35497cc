package io.github.electra4j.model;

import java.util.Objects;

/**
 * The masked language model that proposes replacements (paper section 3.2).
 *
 * @param kind how the generator is built and under which names its weights live
 * @param encoder shape of the generator's encoder, or of each tower
 * @param untiedEmbeddings whether it owns its embeddings ({@code generator/embeddings}, as wide as
 *     its hidden size) instead of sharing {@code electra/embeddings} with the discriminator
 * @param disentangledEmbeddings whether the embeddings it owns are as wide as the discriminator's,
 *     which in pre-training are the generator's plus a difference of their own (DeBERTa-v3's
 *     gradient-disentangled embedding sharing); a checkpoint holds the sum
 */
public record GeneratorConfig(
    Kind kind, EncoderConfig encoder, boolean untiedEmbeddings, boolean disentangledEmbeddings) {
  /** Hidden units per attention head wherever the number of heads follows from the width. */
  private static final int UNITS_PER_HEAD = 64;

  /** Where the generator's weights live. */
  public enum Kind {
    /** Its own encoder below {@code generator/} (the default of ELECTRA). */
    SEPARATE,
    /** The discriminator's own encoder, {@code electra/}, serves both roles. */
    SHARED,
    /** Left-to-right and right-to-left towers of the Electric model. */
    TWO_TOWER
  }

  /** Checks that a shared encoder does not claim embeddings of its own. */
  public GeneratorConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(encoder, "encoder");
    if (kind == Kind.SHARED && untiedEmbeddings) {
      throw new IllegalArgumentException(
          "GeneratorConfig.untiedEmbeddings cannot be true when the generator is the"
              + " discriminator's own encoder (kind SHARED)");
    }
    if (disentangledEmbeddings && (kind != Kind.SEPARATE || !untiedEmbeddings)) {
      throw new IllegalArgumentException(
          "GeneratorConfig.disentangledEmbeddings needs a generator of kind SEPARATE with"
              + " untiedEmbeddings, but the kind is %s and they are %s"
                  .formatted(kind, untiedEmbeddings ? "untied" : "tied"));
    }
  }

  /** A generator whose embeddings are shared, or its own and as wide as its layers. */
  public GeneratorConfig(Kind kind, EncoderConfig encoder, boolean untiedEmbeddings) {
    this(kind, encoder, untiedEmbeddings, false);
  }

  /**
   * A generator of its own whose size is a fraction of the discriminator's, as in
   * google-research/electra: hidden size and layers are rounded half to even, the feed-forward
   * layer is four times as wide, and there is a head per 64 hidden units but at least one. Example:
   * hidden size 768 at 0.33333 gives 256, 4 heads, 1024.
   *
   * @param discriminator the encoder to scale; dropout is taken from it
   * @param hiddenFraction generator hidden size over discriminator hidden size, above 0
   * @param layersFraction generator layers over discriminator layers, above 0
   * @throws IllegalArgumentException if a size rounds to 0 or the hidden size is no multiple of the
   *     number of heads
   */
  public static GeneratorConfig of(
      EncoderConfig discriminator, double hiddenFraction, double layersFraction) {
    return scaled(Kind.SEPARATE, discriminator, hiddenFraction, layersFraction);
  }

  /** The two towers of Electric, each sized as {@link #of} sizes a generator. */
  public static GeneratorConfig twoTower(
      EncoderConfig discriminator, double hiddenFraction, double layersFraction) {
    return scaled(Kind.TWO_TOWER, discriminator, hiddenFraction, layersFraction);
  }

  /** The discriminator's own encoder in the generator's role. */
  public static GeneratorConfig shared(EncoderConfig discriminator) {
    return new GeneratorConfig(Kind.SHARED, discriminator, false);
  }

  /** The same generator with or without embeddings of its own. */
  public GeneratorConfig withUntiedEmbeddings(boolean untied) {
    return new GeneratorConfig(kind, encoder, untied);
  }

  /** The same generator with embeddings that the discriminator's are a difference from, or not. */
  public GeneratorConfig withDisentangledEmbeddings(boolean disentangled) {
    return new GeneratorConfig(kind, encoder, disentangled, disentangled);
  }

  /** The same generator with another encoder. */
  public GeneratorConfig withEncoder(EncoderConfig other) {
    return new GeneratorConfig(kind, other, untiedEmbeddings, disentangledEmbeddings);
  }

  private static GeneratorConfig scaled(
      Kind kind, EncoderConfig discriminator, double hiddenFraction, double layersFraction) {
    int hidden = round("hiddenFraction", discriminator.hiddenSize(), hiddenFraction);
    int layers = round("layersFraction", discriminator.layers(), layersFraction);
    EncoderConfig encoder =
        new EncoderConfig(
            hidden,
            layers,
            Math.max(1, hidden / UNITS_PER_HEAD),
            4 * hidden,
            discriminator.hiddenDropout(),
            discriminator.attentionDropout());
    return new GeneratorConfig(kind, encoder, false);
  }

  private static int round(String name, int size, double fraction) {
    double rounded = Math.rint(size * fraction);
    if (!(rounded >= 1 && rounded <= Integer.MAX_VALUE / 4.0)) {
      throw new IllegalArgumentException(
          "GeneratorConfig %s %s of %d rounds to %s; choose a fraction of at least %s"
              .formatted(name, fraction, size, rounded, 1.0 / size));
    }
    return (int) rounded;
  }
}
