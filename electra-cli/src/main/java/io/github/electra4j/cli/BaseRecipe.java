package io.github.electra4j.cli;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import io.github.electra4j.train.pretrain.RecipeJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the settings of a pre-training run come from, before options change them.
 *
 * @param presetName the preset that they are compared with
 * @param recipe the settings
 * @param remarks what of the user's settings counts for nothing here
 */
record BaseRecipe(String presetName, PretrainRecipe recipe, List<String> remarks) {
  private static final List<String> PRESETS = List.of("small", "base", "large");

  BaseRecipe {
    remarks = List.copyOf(remarks);
  }

  /** A preset. */
  static BaseRecipe of(String preset) {
    return new BaseRecipe(preset, RecipeArguments.preset(preset), List.of());
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
    return new BaseRecipe(RecipeJson.modelSize(hparams), recipe, remarks);
  }

  /** The architecture of a model to start from, with the choices of the preset most like it. */
  static BaseRecipe of(ElectraConfig model) {
    String preset =
        PRESETS.stream()
            .filter(name -> sameSize(RecipeArguments.preset(name).model(), model))
            .findFirst()
            .orElse("small");
    PretrainRecipe base = RecipeArguments.preset(preset);
    GeneratorConfig generator =
        model
            .generator()
            .filter(own -> own.kind() == GeneratorConfig.Kind.SEPARATE)
            .orElseGet(
                () ->
                    sameSize(base.model(), model)
                        ? base.model().generator().orElseThrow()
                        : GeneratorConfig.of(model.encoder(), 0.25, 1));
    ElectraConfig networks =
        base.model()
            .withEncoder(model.encoder())
            .withEmbeddingSize(model.embeddingSize())
            .withMaxPositions(model.maxPositions())
            .withGenerator(generator);
    int length = Math.min(base.maxSeqLength(), model.maxPositions());
    return new BaseRecipe(preset, new PretrainRecipe(networks, base.learning(), length), List.of());
  }

  private static boolean sameSize(ElectraConfig one, ElectraConfig other) {
    return one.encoder().hiddenSize() == other.encoder().hiddenSize()
        && one.encoder().layers() == other.encoder().layers();
  }

  /** The preset that the settings are compared with. */
  PretrainRecipe preset() {
    return RecipeArguments.preset(presetName);
  }
}
