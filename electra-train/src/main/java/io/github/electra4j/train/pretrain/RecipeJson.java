package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.ReferenceConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.masking.MaskingRules;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The "hparams" of google-research/electra's {@code run_pretraining.py}: a JSON object of which
 * every key may be left out. Keys about places, TPUs and the rhythm of saving are known and passed
 * over; an unknown key is an error that names the nearest known one. Two keys are not the
 * original's: {@code objective}, e.g. {@code "all-tokens-mlm"}, for those that it lacks, and {@code
 * disentangled_embeddings}.
 */
public final class RecipeJson {
  private static final String VOCABULARY = "vocab_size";
  private static final String DISCRIMINATOR_WEIGHT = "disc_weight";
  private static final String LENGTH = "max_seq_length";
  private static final String OBJECTIVE = "objective";
  private static final String DISENTANGLED = "disentangled_embeddings";

  private static final List<String> LEARNING_KEYS =
      List.of(
          "gen_weight",
          DISCRIMINATOR_WEIGHT,
          "mask_prob",
          "temperature",
          "disallow_correct",
          "learning_rate",
          "lr_decay_power",
          "weight_decay_rate",
          "num_warmup_steps",
          "num_train_steps",
          "train_batch_size",
          LENGTH,
          "max_predictions_per_seq",
          "debug",
          OBJECTIVE,
          DISENTANGLED);

  private static final List<String> IGNORED_KEYS =
      List.of(
          "model_name",
          "do_train",
          "do_eval",
          "iterations_per_loop",
          "save_checkpoints_steps",
          "num_eval_steps",
          "keep_checkpoint_max",
          "do_lower_case",
          "eval_batch_size",
          "use_tpu",
          "num_tpu_cores",
          "tpu_job_name",
          "tpu_name",
          "tpu_zone",
          "gcp_project",
          "pretrain_tfrecords",
          "vocab_file",
          "model_dir",
          "results_txt",
          "results_pkl");

  private RecipeJson() {}

  /**
   * The recipe that these settings describe, with the original's defaults (those of the small
   * model).
   *
   * @throws MalformedFileException when a key is unknown or a value cannot be used
   */
  public static PretrainRecipe read(JsonFields hparams) throws MalformedFileException {
    Set<String> known = new HashSet<>(ReferenceConfigJson.architectureKeys());
    known.addAll(LEARNING_KEYS);
    known.addAll(IGNORED_KEYS);
    hparams.requireKnown(known);
    if (hparams.flag("debug", false)) {
      throw hparams.wrong(
          "debug", "false; the debug model is reached with \"model_hparam_overrides\"");
    }
    ElectraConfig model = ReferenceConfigJson.ofHparams(hparams);
    PretrainConfig learning = learning(hparams);
    int length = hparams.positiveInt(LENGTH, 128);
    requireDerived(hparams, learning, length);
    Optional<PretrainObjective.Kind> named = named(hparams);
    boolean disentangled = hparams.flag(DISENTANGLED, false);
    return checked(
        hparams,
        () -> {
          PretrainRecipe recipe = new PretrainRecipe(model, learning, length);
          if (named.isPresent()) {
            recipe = recipe.withObjective(of(named.get(), learning.objective()));
          }
          return disentangled ? recipe.withDisentangledEmbeddings() : recipe;
        });
  }

  /** The name of the preset that the settings begin from: small, base or large. */
  public static String modelSize(JsonFields hparams) throws MalformedFileException {
    return hparams.has("model_size") ? hparams.text("model_size") : "small";
  }

  /** Rows of the table of word embeddings, if the settings say how many. */
  public static OptionalInt vocabSize(JsonFields hparams) throws MalformedFileException {
    Optional<JsonFields> overrides = hparams.child("model_hparam_overrides");
    boolean overridden = overrides.isPresent() && overrides.get().has(VOCABULARY);
    return overridden || hparams.has(VOCABULARY)
        ? OptionalInt.of(ReferenceConfigJson.ofHparams(hparams).vocabSize())
        : OptionalInt.empty();
  }

  /** Tokens of an example, if the settings say how many. */
  public static OptionalInt maxSeqLength(JsonFields hparams) throws MalformedFileException {
    return hparams.has(LENGTH) ? OptionalInt.of(hparams.positiveInt(LENGTH)) : OptionalInt.empty();
  }

  /** Whether the settings say the weight of the discriminator's loss. */
  public static boolean weighsDiscriminator(JsonFields hparams) {
    return hparams.has(DISCRIMINATOR_WEIGHT);
  }

  /** The keys that are there and known, but decide nothing about networks and learning. */
  public static List<String> unused(JsonFields hparams) {
    return IGNORED_KEYS.stream().filter(hparams::has).toList();
  }

  private static PretrainConfig learning(JsonFields hparams) throws MalformedFileException {
    double generatorWeight = hparams.number("gen_weight", 1);
    boolean restores = named(hparams).map(PretrainObjective.Kind::restores).orElse(false);
    double discriminatorWeight = hparams.number(DISCRIMINATOR_WEIGHT, restores ? 1 : 50);
    double maskProbability = hparams.number("mask_prob", 0.15);
    double temperature = hparams.number("temperature", 1);
    boolean disallowCorrect = hparams.flag("disallow_correct", false);
    double rate = hparams.number("learning_rate", 5e-4);
    double power = hparams.number("lr_decay_power", 1);
    double weightDecay = hparams.number("weight_decay_rate", 0.01);
    long warmup = (long) hparams.number("num_warmup_steps", 10_000);
    int total = hparams.positiveInt("num_train_steps", 1_000_000);
    int batch = hparams.positiveInt("train_batch_size", 128);
    PretrainObjective.Kind kind = kind(hparams);
    return checked(
        hparams,
        () ->
            PretrainConfig.defaults()
                .withObjective(
                    new PretrainObjective(
                        kind,
                        generatorWeight,
                        discriminatorWeight,
                        maskProbability,
                        temperature,
                        disallowCorrect))
                .withSchedule(rate, warmup, total)
                .withDecay(power, weightDecay)
                .withBatch(batch, batch));
  }

  private static PretrainObjective.Kind kind(JsonFields hparams) throws MalformedFileException {
    if (hparams.flag("electric_objective", false)) {
      return PretrainObjective.Kind.ELECTRIC;
    }
    return hparams.flag("electra_objective", true)
        ? PretrainObjective.Kind.ELECTRA
        : PretrainObjective.Kind.MLM;
  }

  private static PretrainObjective of(PretrainObjective.Kind kind, PretrainObjective numbers) {
    return new PretrainObjective(
        kind,
        numbers.generatorWeight(),
        numbers.discriminatorWeight(),
        numbers.maskProbability(),
        numbers.temperature(),
        numbers.disallowCorrect());
  }

  private static Optional<PretrainObjective.Kind> named(JsonFields hparams)
      throws MalformedFileException {
    if (!hparams.has(OBJECTIVE)) {
      return Optional.empty();
    }
    Optional<PretrainObjective.Kind> kind = PretrainObjective.Kind.named(hparams.text(OBJECTIVE));
    if (kind.isEmpty()) {
      throw hparams.wrong(
          OBJECTIVE, "one of " + String.join(", ", PretrainObjective.Kind.allNames()));
    }
    return kind;
  }

  /** The original derives the number of slots and does not let it be set. */
  private static void requireDerived(JsonFields hparams, PretrainConfig learning, int length)
      throws MalformedFileException {
    int slots = MaskingRules.maxPredictions(learning.objective().maskProbability(), length);
    if (hparams.positiveInt("max_predictions_per_seq", Math.max(1, slots)) != slots) {
      throw hparams.wrong(
          "max_predictions_per_seq",
          "%d, as follows from mask_prob and max_seq_length; leave it out".formatted(slots));
    }
  }

  private static <T> T checked(JsonFields hparams, Supplier<T> made) throws MalformedFileException {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(hparams.source(), e.getMessage() + ".", e);
    }
  }
}
