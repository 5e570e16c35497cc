package io.github.electra4j.model.json;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The architecture that google-research/electra derives from its settings: either the "hparams" of
 * a pre-training run, or the transformer configuration ({@code bert_config}) that follows from
 * them.
 */
public final class ReferenceConfigJson {
  private static final int SMALL_EMBEDDING_SIZE = 128;
  private static final int UNITS_PER_HEAD = 64;
  private static final int BERT_VOCABULARY = 30522;

  private static final List<String> BERT_KEYS =
      List.of(
          "vocab_size",
          "hidden_size",
          "num_hidden_layers",
          "num_attention_heads",
          "intermediate_size",
          "hidden_act",
          "hidden_dropout_prob",
          "attention_probs_dropout_prob",
          "max_position_embeddings",
          "type_vocab_size",
          "initializer_range");

  /** Keys that published BERT files have besides: about a pooler, which ELECTRA does not have. */
  private static final List<String> POOLER_KEYS =
      List.of(
          "directionality",
          "pooler_fc_size",
          "pooler_num_attention_heads",
          "pooler_num_fc_layers",
          "pooler_size_per_head",
          "pooler_type");

  /** The keys of a pre-training run's settings that decide the architecture. */
  private static final Set<String> ARCHITECTURE_KEYS =
      Set.of(
          "model_size",
          "model_hparam_overrides",
          "embedding_size",
          "vocab_size",
          "electra_objective",
          "electric_objective",
          "uniform_generator",
          "two_tower_generator",
          "untied_generator",
          "untied_generator_embeddings",
          "generator_layers",
          "generator_hidden_size");

  private ReferenceConfigJson() {}

  /** The keys that {@link #ofHparams} reads; all other keys are about learning or places. */
  public static Set<String> architectureKeys() {
    return ARCHITECTURE_KEYS;
  }

  /**
   * The checkpoint that a pre-training run with these settings produces. Only {@link
   * #architectureKeys()} are read; absent ones have the defaults of the original: {@code
   * model_size} "small", vocabulary 30522, ELECTRA's objective, a separate generator of a quarter
   * of the width.
   *
   * <p>{@code model_hparam_overrides} is applied before heads (one per 64 hidden units) and the
   * feed-forward width (four times the hidden size) are derived, and again afterwards. Unlike the
   * original, an unknown key in it is an error.
   */
  public static ElectraConfig ofHparams(JsonFields hparams) throws MalformedFileException {
    String modelSize = hparams.text("model_size", "small");
    int[] hiddenAndLayers =
        switch (modelSize) {
          case "small" -> new int[] {256, 12};
          case "base" -> new int[] {768, 12};
          case "large" -> new int[] {1024, 24};
          default -> throw hparams.wrong("model_size", "\"small\", \"base\" or \"large\"");
        };
    JsonFields overrides =
        hparams.child("model_hparam_overrides").orElse(JsonFields.parse(hparams.source(), "{}"));
    overrides.requireKnown(BERT_KEYS);
    int hidden = overrides.positiveInt("hidden_size", hiddenAndLayers[0]);
    int vocabulary = hparams.positiveInt("vocab_size", BERT_VOCABULARY);
    int embedding =
        hparams.positiveInt(
            "embedding_size", modelSize.equals("small") ? SMALL_EMBEDDING_SIZE : hidden);
    BertDefaults defaults =
        new BertDefaults(
            vocabulary,
            hidden,
            hiddenAndLayers[1],
            Math.max(1, hidden / UNITS_PER_HEAD),
            4 * hidden);
    return withObjective(hparams, read(overrides, defaults, embedding));
  }

  /**
   * The encoder described by a transformer configuration, without generator and heads. Absent keys
   * other than {@code vocab_size} have the original's defaults (those of BERT-Base). What BERT's
   * own files say about a pooler is passed over.
   *
   * @param embeddingSize width of the embedding tables, which the original keeps outside this file;
   *     empty for the hidden size
   */
  public static ElectraConfig ofBertConfig(JsonFields bert, Optional<Integer> embeddingSize)
      throws MalformedFileException {
    List<String> known = new ArrayList<>(BERT_KEYS);
    known.addAll(POOLER_KEYS);
    bert.requireKnown(known);
    BertDefaults defaults = new BertDefaults(bert.positiveInt("vocab_size"), 768, 12, 12, 3072);
    int hidden = bert.positiveInt("hidden_size", defaults.hidden());
    return read(bert, defaults, embeddingSize.orElse(hidden));
  }

  private record BertDefaults(
      int vocabulary, int hidden, int layers, int heads, int intermediate) {}

  private static ElectraConfig read(JsonFields fields, BertDefaults defaults, int embeddingSize)
      throws MalformedFileException {
    ConfigValues.requireGelu(fields);
    int vocabulary = fields.positiveInt("vocab_size", defaults.vocabulary());
    return ConfigValues.checked(
        fields.source(),
        () ->
            new ElectraConfig(
                vocabulary,
                embeddingSize,
                fields.positiveInt("max_position_embeddings", 512),
                fields.positiveInt("type_vocab_size", 2),
                fields.number("initializer_range", 0.02),
                new EncoderConfig(
                    fields.positiveInt("hidden_size", defaults.hidden()),
                    fields.positiveInt("num_hidden_layers", defaults.layers()),
                    fields.positiveInt("num_attention_heads", defaults.heads()),
                    fields.positiveInt("intermediate_size", defaults.intermediate()),
                    fields.number("hidden_dropout_prob", 0.1),
                    fields.number("attention_probs_dropout_prob", 0.1)),
                Optional.empty(),
                false));
  }

  private static ElectraConfig withObjective(JsonFields hparams, ElectraConfig encoderOnly)
      throws MalformedFileException {
    boolean electric = hparams.flag("electric_objective", false);
    boolean detects = hparams.flag("electra_objective", true) || electric;
    boolean twoTower = hparams.flag("two_tower_generator", electric);
    ElectraConfig config = encoderOnly.withDiscriminatorHead(detects);
    if (hparams.flag("uniform_generator", false)) {
      if (twoTower) {
        throw hparams.wrong("uniform_generator", "false where two_tower_generator is true");
      }
      return config;
    }
    if (electric && !twoTower) {
      throw hparams.wrong("two_tower_generator", "true where electric_objective is true");
    }
    if (!detects || !hparams.flag("untied_generator", true)) {
      if (twoTower) {
        throw hparams.wrong(
            "two_tower_generator", "false where the generator is the discriminator's own encoder");
      }
      return config.withGenerator(GeneratorConfig.shared(config.encoder()));
    }
    return ConfigValues.checked(
        hparams.source(), () -> config.withGenerator(separate(hparams, config, twoTower)));
  }

  private static GeneratorConfig separate(
      JsonFields hparams, ElectraConfig config, boolean twoTower) throws MalformedFileException {
    double hidden = hparams.number("generator_hidden_size", 0.25);
    double layers = hparams.number("generator_layers", 1.0);
    GeneratorConfig generator =
        twoTower
            ? GeneratorConfig.twoTower(config.encoder(), hidden, layers)
            : GeneratorConfig.of(config.encoder(), hidden, layers);
    return generator.withUntiedEmbeddings(hparams.flag("untied_generator_embeddings", false));
  }
}
