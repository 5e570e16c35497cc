package io.github.electra4j.cli;

import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.pretrain.PretrainConfig;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that decide how a model is pre-trained. */
@OptionGroup(OptionGroup.OPTIMISATION)
final class PretrainArguments {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "PretrainConfig.learningRate", "--learning-rate",
          "PretrainConfig.warmupSteps", "--warmup-steps",
          "PretrainConfig.totalSteps", "--steps",
          "PretrainConfig.batchSize", "--batch",
          "PretrainConfig.microBatch", "--micro-batch",
          "PretrainObjective.generatorWeight", "--gen-weight",
          "PretrainObjective.discriminatorWeight", "--disc-weight",
          "PretrainObjective.maskProbability", "--mask-prob",
          "PretrainObjective.temperature", "--temperature");

  @Option(
      names = "--preset",
      paramLabel = "SIZE",
      description = {
        "small, base or large: all values of the paper.",
        "  Default: that of --hparams or of --init, or small"
      })
  private String preset;

  @Mixin private RecipeArguments recipe;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = {"Updates of the whole run.", "  Default: as the preset or --hparams"})
  private Long steps;

  @Option(
      names = "--warmup-steps",
      paramLabel = "N",
      description = {"Updates of the warm-up.", "  Default: as the preset or --hparams"})
  private Long warmup;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = {"Peak learning rate.", "  Default: as the preset or --hparams"})
  private Double rate;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = {"Examples per update.", "  Default: as the preset or --hparams"})
  private Integer batch;

  @Option(
      names = "--micro-batch",
      paramLabel = "N",
      description = {
        "Examples computed at a time; gradients are added up. Less memory.",
        "  Default: the whole batch"
      })
  private Integer microBatch;

  @Option(
      names = "--mask-prob",
      paramLabel = "SHARE",
      description = {"Share of masked tokens.", "  Default: as the preset or --hparams"})
  private Double maskProbability;

  @Option(
      names = "--gen-weight",
      paramLabel = "X",
      description = {"Weight of the generator's loss.", "  Default: as the preset or --hparams"})
  private Double generatorWeight;

  @Option(
      names = "--disc-weight",
      paramLabel = "X",
      description = {
        "Weight of the discriminator's loss.",
        "  Default: as the preset or --hparams"
      })
  private Double discriminatorWeight;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = {"Divides the logits to draw from.", "  Default: as the preset or --hparams"})
  private Double temperature;

  @Option(
      names = "--disentangled-embeddings",
      description =
          "The discriminator's embeddings are the generator's plus a difference of their own, which"
              + " alone its loss changes (DeBERTa-v3).")
  private boolean disentangled;

  @Option(names = "--distinct-masks", description = "Never mask a position twice.")
  private boolean distinctMasks;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of everything random.")
  private long seed;

  /**
   * Networks and choices before the other options change them.
   *
   * @param start the model to start from, if there is one; it counts where neither a preset nor
   *     --hparams is given
   */
  BaseRecipe base(Optional<InitialModel> start) throws IOException {
    Optional<JsonFields> hparams = recipe.hparams();
    if (hparams.isPresent()) {
      if (preset != null) {
        throw new WrongUsageException(
            "--preset and --hparams both name a model; say \"model_size\" in --hparams instead.");
      }
      return BaseRecipe.of(hparams.get());
    }
    return preset == null && start.isPresent()
        ? BaseRecipe.of(start.get())
        : BaseRecipe.of(preset == null ? "small" : preset);
  }

  /**
   * The recipe with the user's changes.
   *
   * @param from {@link #base}'s recipe with the vocabulary and length of the data
   * @param keepWeight whether another objective leaves the weight of the discriminator's loss
   */
  PretrainRecipe recipe(PretrainRecipe from, boolean keepWeight) {
    return WrongUsageException.unlessUsable(OPTIONS, () -> changed(from, keepWeight));
  }

  private PretrainRecipe changed(PretrainRecipe from, boolean keepWeight) {
    PretrainConfig given = from.learning();
    PretrainObjective old = given.objective();
    PretrainObjective kind = old.withKind(recipe.kind().orElse(old.kind()));
    PretrainObjective wanted =
        new PretrainObjective(
            kind.kind(),
            or(generatorWeight, kind.generatorWeight()),
            or(discriminatorWeight, (keepWeight ? old : kind).discriminatorWeight()),
            or(maskProbability, kind.maskProbability()),
            or(temperature, kind.temperature()),
            kind.disallowCorrect());
    PretrainRecipe aimed =
        wanted.kind() == old.kind()
            ? from.withLearning(given.withObjective(wanted))
            : from.withObjective(wanted);
    int examples = or(batch, given.batchSize());
    PretrainConfig learning =
        aimed
            .learning()
            .withSchedule(
                or(rate, given.learningRate()),
                or(warmup, given.warmupSteps()),
                or(steps, given.totalSteps()))
            .withBatch(examples, or(microBatch, examples))
            .withDistinctMasks(distinctMasks || given.distinctMasks())
            .withSeed(seed);
    PretrainRecipe learned = aimed.withLearning(learning);
    return disentangled ? learned.withDisentangledEmbeddings() : learned;
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
