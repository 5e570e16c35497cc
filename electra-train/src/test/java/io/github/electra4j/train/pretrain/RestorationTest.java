package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.flops.PretrainFlops;
import io.github.electra4j.train.graph.PretrainGraph;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.graph.PretrainObjective.Kind;
import io.github.electra4j.train.graph.ReplacementSampler;
import io.github.electra4j.train.masking.MaskedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The paper's analysis objectives: the encoder predicts the original tokens. */
class RestorationTest {
  private static Checkpoint start(Kind kind) {
    ElectraConfig config =
        TinyText.start(0)
            .config()
            .withDiscriminatorHead(false)
            .withVocabularyHead(kind.vocabularyHead());
    return StartingPoint.fresh(config, Optional.empty(), 3).checkpoint();
  }

  private static PretrainConfig choices(Kind kind) {
    return TinyText.CHOICES
        .withSchedule(3e-3, 20, 200)
        .withBatch(16, 16)
        .withObjective(PretrainObjective.of(kind).withMaskProbability(0.25).withSampling(3, false));
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLACE_MLM", "ALL_TOKENS_MLM"})
  void theEncoderLearnsToRestoreTokens(Kind kind) throws IOException {
    ExampleSource text = ExampleSource.of(TinyText.text(0, 8));
    List<PretrainMetrics> metrics = new ArrayList<>();
    PretrainListener listener =
        new PretrainListener() {
          @Override
          public void onEvaluation(long step, PretrainMetrics measured) {
            metrics.add(measured);
          }
        };
    Pretrainer.of(start(kind), choices(kind), TinyText.SPECIAL, text)
        .evaluatingOn(text, 5, 8)
        .run(listener);
    PretrainMetrics.Restoration first = metrics.get(0).restoration().orElseThrow();
    PretrainMetrics.Restoration last = metrics.get(39).restoration().orElseThrow();
    assertTrue(first.loss() > 3.4, "an untrained encoder knows nothing: " + first);
    assertTrue(last.loss() < 0.8 * first.loss(), first + " -> " + last);
    assertTrue(last.accuracy() > first.accuracy() + 0.1, first + " -> " + last);
    assertEquals(last.loss(), metrics.get(39).byName().get("restored_loss"));
    assertEquals(0, metrics.get(39).detection().tokens());
  }

  /** What is predicted adds up to one, and its mean logarithm is the loss that was minimised. */
  @ParameterizedTest
  @EnumSource(names = {"REPLACE_MLM", "ALL_TOKENS_MLM"})
  void predictionsAreProbabilitiesAndGiveTheLoss(Kind kind) {
    Checkpoint start = start(kind);
    MaskedBatch batch = TinyText.masked(0, 8);
    PretrainObjective objective = PretrainObjective.of(kind);
    try (PretrainGraph graph =
        PretrainGraph.evaluating(start.config(), objective, start.weights().arrays())) {
      graph.run(
          PretrainGraph.Input.whole(batch, 0),
          ReplacementSampler.of(objective),
          outcome -> {
            double[] buffer = new double[TinyText.VOCAB];
            double loss = 0;
            double slots = 0;
            for (int row = 0; row < 8; row++) {
              for (int slot = 0; slot < batch.slots(); slot++) {
                int position = batch.maskedPositions()[row][slot];
                outcome.restoration().orElseThrow().logProbabilities(row, slot, position, buffer);
                double sum = 0;
                for (double value : buffer) {
                  sum += Math.exp(value);
                }
                assertEquals(1, sum, 1e-6);
                loss -= batch.maskedWeights()[row][slot] * buffer[batch.maskedIds()[row][slot]];
                slots += batch.maskedWeights()[row][slot];
              }
            }
            if (kind == Kind.REPLACE_MLM) {
              assertEquals(outcome.restoration().orElseThrow().loss(), loss / slots, 1e-4);
            } else {
              double[][] copy = outcome.restoration().orElseThrow().copyLogits().orElseThrow();
              assertEquals(8, copy.length);
              assertEquals(TinyText.SEQ, copy[0].length);
              assertTrue(
                  outcome.restoration().orElseThrow().loss() < loss / slots,
                  "tokens that were not replaced are easier");
            }
            assertEquals(
                outcome.generatorLoss() + outcome.restoration().orElseThrow().loss(),
                outcome.loss(),
                1e-9);
            return null;
          });
    }
  }

  @Test
  void recipesKnowTheObjectives() throws IOException {
    PretrainRecipe replace =
        RecipeJson.read(JsonFields.parse("h.json", "{\"objective\": \"replace-mlm\"}"));
    assertEquals(PretrainObjective.of(Kind.REPLACE_MLM), replace.learning().objective());
    assertEquals(
        PretrainRecipe.small().withObjective(PretrainObjective.of(Kind.REPLACE_MLM)), replace);
    PretrainRecipe all =
        RecipeJson.read(
            JsonFields.parse(
                "h.json",
                "{\"objective\": \"all-tokens-mlm\", \"disc_weight\": 7,"
                    + " \"disentangled_embeddings\": true}"));
    assertEquals(7, all.learning().objective().discriminatorWeight());
    assertTrue(all.model().generator().orElseThrow().disentangledEmbeddings());
    assertEquals(
        ElectraConfig.small(), replace.withObjective(PretrainObjective.of(Kind.ELECTRA)).model());
    MalformedFileException e =
        assertThrows(
            MalformedFileException.class,
            () -> RecipeJson.read(JsonFields.parse("h.json", "{\"objective\": \"bert\"}")));
    assertTrue(e.getMessage().contains("all-tokens-mlm"), e.getMessage());
    MalformedFileException none =
        assertThrows(
            MalformedFileException.class,
            () ->
                RecipeJson.read(
                    JsonFields.parse(
                        "h.json",
                        "{\"uniform_generator\": true, \"disentangled_embeddings\": true}")));
    assertTrue(none.getMessage().contains("no generator"), none.getMessage());
  }

  @Test
  void predictingEveryTokenCostsMore() {
    PretrainRecipe small = PretrainRecipe.small();
    double electra = PretrainFlops.of(small.model(), 128, 0.15625).discriminator();
    double replace = flops(small, Kind.REPLACE_MLM);
    double all = flops(small, Kind.ALL_TOKENS_MLM);
    assertTrue(replace > electra && all > replace, electra + " " + replace + " " + all);
  }

  private static double flops(PretrainRecipe recipe, Kind kind) {
    ElectraConfig model = recipe.withObjective(PretrainObjective.of(kind)).model();
    return PretrainFlops.of(model, 128, 0.15625).discriminator();
  }

  @Test
  void aHeadThatDoesNotFitIsRefused() {
    Checkpoint start = start(Kind.REPLACE_MLM);
    assertThrows(
        IllegalArgumentException.class,
        () -> PretrainObjective.of(Kind.ALL_TOKENS_MLM).requireFitting(start.config()));
    assertThrows(
        IllegalArgumentException.class,
        () -> PretrainObjective.of(Kind.REPLACE_MLM).requireFitting(TinyText.start(0).config()));
  }
}
