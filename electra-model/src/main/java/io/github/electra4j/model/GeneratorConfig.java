package io.github.electra4j.model;

import java.util.Objects;

/**
 * The masked language model that proposes replacements (paper section 3.2).
 *
 * @param kind how the generator is built and under which names its weights live
 * @param encoder shape of the generator's encoder, or of each tower
 * @param untiedEmbeddings whether it owns its embeddings ({@code generator/embeddings}, as wide as
 *     its hidden size) instead of sharing {@code electra/embeddings} with the discriminator
 */
public record GeneratorConfig(Kind kind, EncoderConfig encoder, boolean untiedEmbeddings) {

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
  }
}
