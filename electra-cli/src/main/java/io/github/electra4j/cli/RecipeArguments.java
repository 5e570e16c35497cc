package io.github.electra4j.cli;

import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a recipe of pre-training in other words than a preset's name. */
@OptionGroup(OptionGroup.OPTIMISATION)
final class RecipeArguments {
  @Option(
      names = "--hparams",
      paramLabel = "JSON",
      description = {
        "Settings of the original's run_pretraining.py, instead of a preset: a file whose name"
            + " ends",
        "in .json, or the object itself.",
        "  Default: a preset"
      })
  private String hparams;

  @Option(
      names = "--objective",
      paramLabel = "OBJECTIVE",
      completionCandidates = Objectives.class,
      description = {
        "electra, electra-masked-only, electric, mlm, replace-mlm or all-tokens-mlm.",
        "  Default: as the preset or --hparams"
      })
  private String objective;

  /** The names of all objectives. */
  static final class Objectives implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PretrainObjective.Kind.allNames().iterator();
    }
  }

  /** The preset of that name. */
  static PretrainRecipe preset(String name) {
    return PretrainRecipe.named(name)
        .orElseThrow(
            () ->
                new WrongUsageException(
                    "There is no preset %s; use small, base or large.".formatted(name)));
  }

  /** The settings of {@code --hparams}. */
  Optional<JsonFields> hparams() throws IOException {
    return hparams == null ? Optional.empty() : Optional.of(InputFiles.hparams(hparams));
  }

  /** The objective that was asked for. */
  Optional<PretrainObjective.Kind> kind() {
    return Optional.ofNullable(objective)
        .map(
            name ->
                PretrainObjective.Kind.named(name)
                    .orElseThrow(
                        () ->
                            new WrongUsageException(
                                "There is no objective %s; use %s."
                                    .formatted(
                                        name,
                                        String.join(", ", PretrainObjective.Kind.allNames())))));
  }
}
