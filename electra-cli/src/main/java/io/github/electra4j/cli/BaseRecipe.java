package io.github.electra4j.cli;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.corpus.ExampleShards;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.pretrain.PretrainConfig;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import io.github.electra4j.train.pretrain.RecipeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the settings of a pre-training run come from, before options change them.
 *
 * @param presetName the preset that they are compared with
 * @param recipe the settings
 * @param hparams the original's settings that they were read from, if any
 * @param remarks what of the user's settings counts for nothing here
 */
record BaseRecipe(
    String presetName, PretrainRecipe recipe, Optional<JsonFields> hparams, List<String> remarks) {
  private static final List<String> PRESETS = List.of("small", "base", "large");

  BaseRecipe {
    remarks = List.copyOf(remarks);
  }

  /** A preset. */
  static BaseRecipe of(String preset) {
    return new BaseRecipe(preset, RecipeArguments.preset(preset), Optional.empty(), List.of());
  }

  /**
   * Settings of the original.
   *
   * @throws MalformedFileException when they cannot be used, or ask for no training
   */
  static BaseRecipe of(JsonFields hparams) throws MalformedFileException {
    PretrainRecipe recipe = RecipeJson.read(hparams);
    if (!hparams.flag("do_train", true)) {
      throw hparams.wrong("do_train", "true; this command trains");
    }
    List<String> remarks = new ArrayList<>();
    List<String> unused = RecipeJson.unused(hparams);
    if (!unused.isEmpty()) {
      remarks.add(
          "Of --hparams these say nothing to this command, which has options of its own for places and rhythm: %s."
              .formatted(String.join(", ", unused)));
    }
    return new BaseRecipe(RecipeJson.modelSize(hparams), recipe, Optional.of(hparams), remarks);
  }

  /**
   * The architecture of a model to start from and the objective that it was made for, with the
   * choices of the preset most like it.
   */
  static BaseRecipe of(InitialModel start) {
    ElectraConfig model = start.config();
    String preset =
        PRESETS.stream()
            .filter(name -> sameSize(RecipeArguments.preset(name).model(), model))
            .findFirst()
            .orElse("small");
    PretrainRecipe base = RecipeArguments.preset(preset);
    PretrainObjective.Kind kind = objective(model);
    ElectraConfig networks =
        model.withDiscriminatorHead(kind.detects()).withVocabularyHead(kind.vocabularyHead());
    List<String> remarks = new ArrayList<>();
    if (model.generator().isEmpty() && !start.drawsUniformly()) {
      GeneratorConfig generator =
          sameSize(base.model(), model)
              ? base.model().generator().orElseThrow()
              : GeneratorConfig.of(model.encoder(), 0.25, 1);
      networks = networks.withGenerator(generator);
      remarks.add(
          "%s has no generator; it gets a new one of width %d."
              .formatted(start.path(), generator.encoder().hiddenSize()));
    }
    PretrainConfig learning =
        base.learning().withObjective(base.learning().objective().withKind(kind));
    int length = Math.min(base.maxSeqLength(), model.maxPositions());
    PretrainRecipe recipe = new PretrainRecipe(networks, learning, length);
    return new BaseRecipe(preset, recipe, Optional.empty(), remarks);
  }

  /** The objective whose networks a model has. */
  private static PretrainObjective.Kind objective(ElectraConfig model) {
    if (model.vocabularyHead().isPresent()) {
      return model.vocabularyHead().get() == VocabularyHead.COPYING
          ? PretrainObjective.Kind.ALL_TOKENS_MLM
          : PretrainObjective.Kind.REPLACE_MLM;
    }
    Optional<GeneratorConfig.Kind> generator = model.generator().map(GeneratorConfig::kind);
    if (generator.equals(Optional.of(GeneratorConfig.Kind.TWO_TOWER))) {
      return PretrainObjective.Kind.ELECTRIC;
    }
    return generator.equals(Optional.of(GeneratorConfig.Kind.SHARED)) && !model.discriminatorHead()
        ? PretrainObjective.Kind.MLM
        : PretrainObjective.Kind.ELECTRA;
  }

  private static boolean sameSize(ElectraConfig one, ElectraConfig other) {
    return one.encoder().hiddenSize() == other.encoder().hiddenSize()
        && one.encoder().layers() == other.encoder().layers();
  }

  /**
   * Rows of the table of word embeddings: those of the model to start from, else what the user's
   * settings say, else one per piece.
   *
   * @param start architecture of the model to start from, which has a row for every piece
   * @throws WrongUsageException when the user's settings say another number, or too small a one
   */
  int rows(ExampleTexts texts, Optional<ElectraConfig> start) throws MalformedFileException {
    OptionalInt wanted =
        hparams.isPresent() ? RecipeJson.vocabSize(hparams.get()) : OptionalInt.empty();
    int pieces = texts.text().pieces();
    int rows = start.map(ElectraConfig::vocabSize).orElse(wanted.orElse(pieces));
    if (wanted.orElse(rows) != rows) {
      throw new WrongUsageException(
          "%s has vocab_size %d, but the model of --init has embeddings of %d pieces. Leave vocab_size out."
              .formatted(hparams.get().source(), wanted.getAsInt(), rows));
    }
    if (rows < pieces) {
      throw new WrongUsageException(
          "%s has vocab_size %d, but the vocabulary of %s has %d pieces. Correct vocab_size or leave it out."
              .formatted(hparams.get().source(), rows, texts.source(), pieces));
    }
    return rows;
  }

  /**
   * Refuses examples of another length than the user's settings say, or longer than the model can
   * read.
   *
   * @param places of the examples, as the user named them
   */
  void requireLength(ExampleShards examples, String places) throws MalformedFileException {
    int positions = recipe.model().maxPositions();
    if (examples.seq() > positions) {
      throw new WrongUsageException(
          "The examples of %s have %d tokens, but the model reads at most %d; prepare shorter ones."
              .formatted(places, examples.seq(), positions));
    }
    OptionalInt wanted =
        hparams.isPresent() ? RecipeJson.maxSeqLength(hparams.get()) : OptionalInt.empty();
    if (wanted.orElse(examples.seq()) != examples.seq()) {
      throw new WrongUsageException(
          "%s has max_seq_length %d, but the examples of %s have %d tokens. Correct max_seq_length or leave it out, or prepare examples with --max-seq-length %d."
              .formatted(
                  hparams.get().source(),
                  wanted.getAsInt(),
                  places,
                  examples.seq(),
                  wanted.getAsInt()));
    }
  }

  /** Whether the user's settings say the weight of the discriminator's loss. */
  boolean weighsDiscriminator() {
    return hparams.map(RecipeJson::weighsDiscriminator).orElse(false);
  }

  /** The preset that the settings are compared with. */
  PretrainRecipe preset() {
    return RecipeArguments.preset(presetName);
  }
}
