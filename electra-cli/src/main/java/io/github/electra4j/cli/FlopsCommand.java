package io.github.electra4j.cli;

import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.train.flops.PretrainFlops;
import io.github.electra4j.train.flops.TransformerFlops;
import io.github.electra4j.train.masking.MaskingRules;
import io.github.electra4j.train.pretrain.PretrainRecipe;
import io.github.electra4j.train.pretrain.RecipeJson;
import io.github.electra4j.train.pretrain.ThroughputProbe;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra flops}: what pre-training costs. */
@Command(
    name = "flops",
    header = "Count the operations of pre-training, as the authors count them.",
    description = {
      "Forward and backward passes of both networks; one operation is one addition or",
      "multiplication. Without options the numbers are those of the authors' script; the paper",
      "prints slightly larger ones. The line \"products\" counts the matrix products alone, as"
          + " they",
      "are done: without lookups, which the script counts as products, and with a backward pass",
      "twice as expensive as a forward pass.",
      "With --measure a few updates are made with random weights and tokens, and their matrix",
      "products compared with the fastest ones that this machine can do."
    })
@Examples({
  "electra flops small",
  "electra flops base --steps 100000 --batch 128",
  "electra flops small --measure --batch 8",
  "electra flops --hparams my.json --objective mlm"
})
@OptionGroup(OptionGroup.INPUT)
final class FlopsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "PRESET",
      description = {"small, base or large.", "  Default: --hparams"})
  private String preset;

  @Mixin private RecipeArguments given;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = {"Updates.", "  Default: as the preset"})
  private Long steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = {"Examples per update.", "  Default: as the preset"})
  private Integer batch;

  @Option(
      names = "--max-seq-length",
      paramLabel = "N",
      description = {"Tokens per example.", "  Default: as the preset"})
  private Integer length;

  @Option(names = "--measure", description = "Measure how much of this machine an update uses.")
  private boolean measure;

  FlopsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    PretrainRecipe recipe = recipe();
    long updates = steps == null ? recipe.learning().totalSteps() : steps;
    int examples = batch == null ? recipe.learning().batchSize() : batch;
    int tokens = length == null ? recipe.maxSeqLength() : length;
    WrongUsageException.requirePositive("--steps", updates);
    WrongUsageException.requirePositive("--batch", examples);
    WrongUsageException.requirePositive("--max-seq-length", tokens);
    Optional<PretrainRecipe> measured =
        measure ? Optional.of(ofLength(recipe, tokens)) : Optional.empty();
    PretrainFlops flops =
        PretrainFlops.of(recipe.model(), tokens, TransformerFlops.PAPER_OUTPUT_FRACTION);
    console.data(
        line("generator", new PretrainFlops(flops.generator(), 0).total(examples, updates)));
    console.data(
        line(
            "discriminator", new PretrainFlops(0, flops.discriminator()).total(examples, updates)));
    console.data(line("total", flops.total(examples, updates)));
    console.data(line("per update", flops.total(examples, 1)));
    console.data(line("  products", products(recipe, tokens) * examples));
    measured.ifPresent(of -> measure(of, examples, updates));
    return ExitCode.OK;
  }

  private PretrainRecipe recipe() throws IOException {
    Optional<JsonFields> hparams = given.hparams();
    if ((preset != null) == hparams.isPresent()) {
      throw new WrongUsageException("Name a preset or pass --hparams, one of both.");
    }
    PretrainRecipe base =
        hparams.isPresent() ? RecipeJson.read(hparams.get()) : RecipeArguments.preset(preset);
    return given
        .kind()
        .map(kind -> base.withObjective(base.learning().objective().withKind(kind)))
        .orElse(base);
  }

  /** The recipe for examples that the model can read. */
  private static PretrainRecipe ofLength(PretrainRecipe recipe, int tokens) {
    return WrongUsageException.unlessUsable(
        Map.of("PretrainRecipe.maxSeqLength", "--max-seq-length"),
        () -> recipe.withMaxSeqLength(tokens));
  }

  /** The matrix products of an example. */
  private static double products(PretrainRecipe recipe, int tokens) {
    double masked = recipe.learning().objective().maskProbability();
    return PretrainFlops.executed(
        recipe.model(), tokens, MaskingRules.maxPredictions(masked, tokens));
  }

  private void measure(PretrainRecipe recipe, int examples, long updates) {
    ThroughputProbe probe = ThroughputProbe.run(recipe, examples);
    console.data(line("this machine/s", probe.ceiling()));
    console.data(line("an update/s", probe.operationsPerSecond()));
    console.data(
        String.format(Locale.ROOT, "%-14s %.1f %%", "utilisation", 100 * probe.utilisation()));
    console.data(
        String.format(
            Locale.ROOT,
            "%-14s %.4g s, %.4g days for all",
            "time of one",
            probe.seconds(),
            probe.seconds() * updates / 86_400));
  }

  private static String line(String what, double operations) {
    return String.format(Locale.ROOT, "%-14s %.4g", what, operations);
  }
}
