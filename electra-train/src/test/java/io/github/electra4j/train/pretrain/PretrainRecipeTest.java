package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.masking.MaskingRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PretrainRecipeTest {
  private static PretrainRecipe read(String json) throws MalformedFileException {
    return RecipeJson.read(JsonFields.parse("hparams.json", json));
  }

  @Test
  void presetsHaveTheNumbersOfThePaper() {
    PretrainRecipe small = PretrainRecipe.small();
    assertEquals(5e-4, small.learning().learningRate());
    assertEquals(1_000_000, small.learning().totalSteps());
    assertEquals(128, small.learning().batchSize());
    assertEquals(64, small.model().generator().orElseThrow().encoder().hiddenSize());
    PretrainRecipe base = PretrainRecipe.base();
    assertEquals(2e-4, base.learning().learningRate());
    assertEquals(766_000, base.learning().totalSteps());
    assertEquals(512, base.maxSeqLength());
    assertEquals(256, base.model().generator().orElseThrow().encoder().hiddenSize());
    PretrainRecipe large = PretrainRecipe.large();
    assertEquals(0.25, large.learning().objective().maskProbability());
    assertEquals(2048, large.learning().batchSize());
    assertEquals(400_000, large.learning().totalSteps());
    assertEquals(Optional.of(small), PretrainRecipe.named("small"));
    assertEquals(Optional.of(base), PretrainRecipe.named("base"));
    assertEquals(Optional.of(large), PretrainRecipe.named("large"));
    assertEquals(Optional.empty(), PretrainRecipe.named("huge"));
  }

  @Test
  void learningRatesAreTheOriginals() {
    PretrainConfig learning = PretrainConfig.defaults();
    assertEquals(0, learning.schedule().at(0));
    assertEquals(4.99999e-8, learning.schedule().at(1), 1e-13);
    assertEquals(2.4875e-4, learning.schedule().at(5000), 1e-9);
    assertEquals(4.95e-4, learning.schedule().at(10_000), 1e-9);
    assertEquals(2.5e-4, learning.schedule().at(500_000), 1e-9);
    assertEquals(0, learning.schedule().at(1_000_000));
  }

  @Test
  void noHparamsAreTheSmallPreset() throws MalformedFileException {
    assertEquals(PretrainRecipe.small(), read("{}"));
  }

  @Test
  void hparamsOfTheOriginalAreRead() throws MalformedFileException {
    PretrainRecipe recipe =
        read(
            """
            {"model_size": "base", "vocab_size": 1000, "mask_prob": 0.25, "gen_weight": 2,
             "disc_weight": 20, "temperature": 0.7, "disallow_correct": true,
             "learning_rate": 2e-4, "lr_decay_power": 0.5, "weight_decay_rate": 0.1,
             "num_warmup_steps": 7, "num_train_steps": 70, "train_batch_size": 16,
             "max_seq_length": 64, "max_predictions_per_seq": 16, "use_tpu": false,
             "model_name": "mine", "generator_hidden_size": 0.33333}""");
    assertEquals(ElectraConfig.base().withVocabSize(1000), recipe.model());
    assertEquals(
        new PretrainConfig(
            new PretrainObjective(PretrainObjective.Kind.ELECTRA, 2, 20, 0.25, 0.7, true),
            2e-4,
            0.5,
            0.1,
            7,
            70,
            16,
            16,
            false,
            0),
        recipe.learning());
    assertEquals(64, recipe.maxSeqLength());
  }

  @Test
  void theOtherObjectivesAreRead() throws MalformedFileException {
    PretrainRecipe electric = read("{\"electric_objective\": true}");
    assertEquals(PretrainObjective.Kind.ELECTRIC, electric.learning().objective().kind());
    assertEquals(GeneratorConfig.Kind.TWO_TOWER, electric.model().generator().orElseThrow().kind());
    PretrainRecipe mlm = read("{\"electra_objective\": false}");
    assertEquals(PretrainObjective.Kind.MLM, mlm.learning().objective().kind());
    assertTrue(read("{\"uniform_generator\": true}").model().generator().isEmpty());
  }

  @Test
  void whatTheOriginalWouldNotTakeIsRefused() {
    assertMessage("{\"mask_probb\": 0.2}", "nearest known key is \"mask_prob\"");
    assertMessage("{\"mask_prob\": 1.5}", "maskProbability is 1.5");
    assertMessage("{\"max_predictions_per_seq\": 20}", "it must be 19");
    assertMessage("{\"debug\": true}", "model_hparam_overrides");
    assertMessage("{\"max_seq_length\": 600}", "maxSeqLength is 600");
    assertMessage(
        "{\"electra_objective\": false, \"uniform_generator\": true}", "GeneratorConfig.shared");
  }

  private static void assertMessage(String json, String part) {
    MalformedFileException e = assertThrows(MalformedFileException.class, () -> read(json));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().contains("hparams.json"), e.getMessage());
  }

  @Test
  void whatDiffersFromAPresetIsListed() {
    PretrainRecipe small = PretrainRecipe.small();
    assertEquals(List.of(), small.differencesFrom(PretrainRecipe.small()));
    PretrainRecipe other =
        small
            .withLearning(small.learning().withBatch(32, 8).withSeed(3).withDistinctMasks(true))
            .withModel(small.model().withVocabSize(8000))
            .withMaxSeqLength(64);
    assertEquals(
        List.of(
            "model.vocabSize: 8000 (30522)",
            "learning.batchSize: 32 (128)",
            "learning.microBatch: 8 (128)",
            "learning.distinctMasks: true (false)",
            "learning.seed: 3 (0)",
            "maxSeqLength: 64 (128)"),
        other.differencesFrom(small));
  }

  @Test
  void anotherObjectiveGetsTheNetworksThatItNeeds() {
    PretrainRecipe small = PretrainRecipe.small();
    for (PretrainObjective.Kind kind : PretrainObjective.Kind.values()) {
      PretrainRecipe other = small.withObjective(PretrainObjective.of(kind));
      assertEquals(kind.detects(), other.model().discriminatorHead());
      if (kind == PretrainObjective.Kind.MLM) {
        assertTrue(small.differencesFrom(other).contains("model.discriminatorHead: true (false)"));
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            small.withLearning(
                small
                    .learning()
                    .withObjective(PretrainObjective.of(PretrainObjective.Kind.ELECTRIC))));
  }

  @Test
  void wrongChoicesAreNamed() {
    PretrainConfig defaults = PretrainConfig.defaults();
    assertThrows(IllegalArgumentException.class, () -> defaults.withBatch(4, 8));
    assertThrows(IllegalArgumentException.class, () -> defaults.withSchedule(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> defaults.withDecay(-1, 0));
    PretrainObjective objective = defaults.objective();
    assertThrows(IllegalArgumentException.class, () -> objective.withWeights(-1, 50));
    assertThrows(IllegalArgumentException.class, () -> objective.withSampling(0, false));
    assertThrows(IllegalArgumentException.class, () -> objective.withMaskProbability(0));
    assertEquals(0.7, objective.withSampling(0.7, true).temperature());
    assertTrue(
        defaults
            .withDistinctMasks(true)
            .maskingRules(new MaskingRules.SpecialIds(1, 2, 3), 64)
            .distinct());
  }
}
