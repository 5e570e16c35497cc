package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.graph.PretrainObjective.Kind;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretrainEvaluatorTest {
  private static PretrainMetrics measure(ElectraConfig config, PretrainConfig choices)
      throws IOException {
    Checkpoint start = StartingPoint.fresh(config, Optional.empty(), 3).checkpoint();
    ExampleSource heldOut = ExampleSource.of(TinyText.text(0, 10));
    try (PretrainEvaluator evaluator =
        new PretrainEvaluator(config, choices, start.weights(), heldOut)) {
      PretrainMetrics metrics = evaluator.evaluate(heldOut, TinyText.SPECIAL, 9);
      assertEquals(metrics, evaluator.evaluate(heldOut, TinyText.SPECIAL, 9));
      return metrics;
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anUntrainedModelGuesses(Kind kind) throws IOException {
    PretrainRecipe recipe =
        new PretrainRecipe(TinyText.start(0).config(), TinyText.CHOICES, TinyText.SEQ)
            .withObjective(PretrainObjective.of(kind));
    PretrainMetrics metrics = measure(recipe.model(), recipe.learning());
    assertEquals(9, metrics.examples());
    assertEquals(Math.log(TinyText.VOCAB), metrics.maskedLoss(), 0.3);
    assertTrue(metrics.maskedAccuracy() < 0.4);
    assertTrue(Double.isFinite(metrics.loss()));
    double readable = recipe.model().generator().isPresent() && kind != Kind.ELECTRIC ? 0.85 : 1;
    assertEquals(readable * Math.log(TinyText.VOCAB - 4), metrics.unigramLoss(), 0.4);
    if (kind.detects()) {
      assertTrue(metrics.detection().replaced() > 0);
      boolean all = kind != Kind.ELECTRA_MASKED_ONLY;
      assertEquals(all, metrics.detection().tokens() > 90);
      PretrainObjective objective = recipe.learning().objective();
      if (kind != Kind.ELECTRIC) { // whose loss has the noise in it
        double sum =
            objective.generatorWeight() * metrics.maskedLoss()
                + objective.discriminatorWeight() * metrics.detectionLoss();
        assertEquals(metrics.loss(), sum, 0.02 * sum);
      }
      assertTrue(metrics.detectionLoss() > 0.3);
    } else {
      assertEquals(0, metrics.detection().tokens());
      assertFalse(metrics.byName().containsKey("disc_loss"));
      assertEquals(kind.restores(), metrics.restoration().isPresent());
      if (!kind.restores()) {
        assertEquals(metrics.maskedLoss(), metrics.loss(), 0.1);
      }
    }
  }

  @Test
  void aUniformGeneratorHasTheLossOfTheVocabulary() throws IOException {
    ElectraConfig config = TinyText.start(0).config().discriminatorOnly();
    PretrainMetrics metrics = measure(config, TinyText.CHOICES);
    assertEquals(Math.log(TinyText.VOCAB), metrics.maskedLoss(), 1e-12);
  }
}
