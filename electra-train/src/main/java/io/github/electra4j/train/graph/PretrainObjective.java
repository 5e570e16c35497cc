package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.VocabularyHead;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What pre-training minimises: {@code generatorWeight} × the generator's loss + {@code
 * discriminatorWeight} × the loss of replaced-token detection. Which networks there are is said by
 * {@link ElectraConfig}: without a generator, replacements are drawn uniformly.
 *
 * @param kind the objective
 * @param generatorWeight factor on the generator's loss, at least 0; the original has 1
 * @param discriminatorWeight factor on the discriminator's loss, or that of the encoder that
 *     restores tokens, at least 0; the original has 50
 * @param maskProbability share of the tokens that are masked, in (0, 1); Electric's noise ratio
 *     follows from it
 * @param temperature divides the generator's logits before replacements are drawn, above 0
 * @param disallowCorrect whether the generator is kept from drawing the original token
 */
public record PretrainObjective(
    Kind kind,
    double generatorWeight,
    double discriminatorWeight,
    double maskProbability,
    double temperature,
    boolean disallowCorrect) {

  /** The objectives. */
  public enum Kind {
    /** Replaced-token detection over all tokens (Clark et al., ICLR 2020). */
    ELECTRA,
    /** The paper's ELECTRA 15 %: replaced-token detection at the masked positions only. */
    ELECTRA_MASKED_ONLY,
    /** The energy-based cloze model (Clark et al., EMNLP 2020), with a two-tower generator. */
    ELECTRIC,
    /** Masked language modelling alone: BERT with dynamic masking. */
    MLM,
    /**
     * The paper's Replace MLM: a masked language model that finds the generator's tokens where it
     * would find {@code [MASK]}.
     */
    REPLACE_MLM,
    /**
     * The paper's All-Tokens MLM: as {@link #REPLACE_MLM}, but every token is predicted, with a
     * probability that the token in the input is copied.
     */
    ALL_TOKENS_MLM;

    /** The objective of that name, which is the constant's in lower case with hyphens. */
    public static Optional<Kind> named(String name) {
      return Arrays.stream(values()).filter(kind -> kind.lowerCase().equals(name)).findFirst();
    }

    /** The names of all, e.g. {@code electra-masked-only}. */
    public static List<String> allNames() {
      return Arrays.stream(values()).map(Kind::lowerCase).toList();
    }

    private String lowerCase() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether there is a discriminator to train. */
    public boolean detects() {
      return this == ELECTRA || this == ELECTRA_MASKED_ONLY || this == ELECTRIC;
    }

    /** Whether the encoder predicts the original tokens of a text with replaced ones. */
    public boolean restores() {
      return vocabularyHead().isPresent();
    }

    /** The head with which the encoder predicts tokens, where it does. */
    public Optional<VocabularyHead> vocabularyHead() {
      return switch (this) {
        case REPLACE_MLM -> Optional.of(VocabularyHead.PLAIN);
        case ALL_TOKENS_MLM -> Optional.of(VocabularyHead.COPYING);
        case ELECTRA, ELECTRA_MASKED_ONLY, ELECTRIC, MLM -> Optional.empty();
      };
    }
  }

  /** Checks every field. */
  public PretrainObjective {
    Objects.requireNonNull(kind, "kind");
    require(
        generatorWeight >= 0 && Double.isFinite(generatorWeight),
        "generatorWeight",
        generatorWeight,
        "at least 0");
    require(
        discriminatorWeight >= 0 && Double.isFinite(discriminatorWeight),
        "discriminatorWeight",
        discriminatorWeight,
        "at least 0");
    require(
        maskProbability > 0 && maskProbability < 1,
        "maskProbability",
        maskProbability,
        "in (0, 1)");
    require(temperature > 0 && Double.isFinite(temperature), "temperature", temperature, "above 0");
  }

  /**
   * An objective with the original's defaults: weights 1 and 50, 15 %, temperature 1. Where the
   * encoder restores tokens, both losses are of one kind and both weights 1; the paper gives none.
   */
  public static PretrainObjective of(Kind kind) {
    return new PretrainObjective(kind, 1, kind.restores() ? 1 : 50, 0.15, 1, false);
  }

  /**
   * The same choices for another kind. The discriminator's weight becomes the usual one of the kind
   * where the two kinds' losses are not comparable.
   */
  public PretrainObjective withKind(Kind other) {
    double weight =
        kind.restores() == other.restores() ? discriminatorWeight : of(other).discriminatorWeight();
    return new PretrainObjective(
        other, generatorWeight, weight, maskProbability, temperature, disallowCorrect);
  }

  /** The same objective with another share of masked tokens. */
  public PretrainObjective withMaskProbability(double share) {
    return new PretrainObjective(
        kind, generatorWeight, discriminatorWeight, share, temperature, disallowCorrect);
  }

  /** The same objective with other weights of the two losses. */
  public PretrainObjective withWeights(double generator, double discriminator) {
    return new PretrainObjective(
        kind, generator, discriminator, maskProbability, temperature, disallowCorrect);
  }

  /** The same objective with another way of drawing replacements. */
  public PretrainObjective withSampling(double newTemperature, boolean neverCorrect) {
    return new PretrainObjective(
        kind, generatorWeight, discriminatorWeight, maskProbability, newTemperature, neverCorrect);
  }

  /**
   * Checks that an architecture has the networks that this objective trains, and no others.
   *
   * @throws IllegalArgumentException saying what does not fit
   */
  public void requireFitting(ElectraConfig config) {
    boolean towers =
        config.generator().map(g -> g.kind() == GeneratorConfig.Kind.TWO_TOWER).orElse(false);
    if (kind.detects() != config.discriminatorHead()) {
      throw new IllegalArgumentException(
          "The objective %s %s a discriminator head, but the architecture %s one"
              .formatted(
                  kind,
                  kind.detects() ? "needs" : "does not train",
                  config.discriminatorHead() ? "has" : "lacks"));
    }
    if (!kind.vocabularyHead().equals(config.vocabularyHead())) {
      throw new IllegalArgumentException(
          "The objective %s goes with the vocabulary head %s on the encoder, but the architecture has %s"
              .formatted(kind, name(kind.vocabularyHead()), name(config.vocabularyHead())));
    }
    if (kind == Kind.ELECTRIC && !towers) {
      throw new IllegalArgumentException(
          "The objective ELECTRIC needs a two-tower generator; use GeneratorConfig.twoTower");
    }
    if (kind == Kind.MLM
        && config.generator().map(g -> g.kind() != GeneratorConfig.Kind.SHARED).orElse(true)) {
      throw new IllegalArgumentException(
          "The objective MLM trains the encoder itself as a masked language model; use GeneratorConfig.shared");
    }
  }

  private static String name(Optional<VocabularyHead> head) {
    return head.map(VocabularyHead::name).orElse("none");
  }

  private static void require(boolean holds, String field, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "PretrainObjective.%s is %s; it must be %s".formatted(field, value, range));
    }
  }
}
