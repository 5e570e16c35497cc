package io.github.electra4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.eval.dataset.GlueTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void aClassIsAnsweredByNameWithTheProbabilityOfEach() {
    List<Prediction> all =
        Prediction.all(
            GlueTask.named("rte"),
            ScoringTest.examples("entailment", "entailment"),
            new float[][] {{0, 2}, {1, 1}});
    assertEquals(List.of(0L, 1L), all.stream().map(Prediction::id).toList());
    assertEquals("not_entailment", all.get(0).answer());
    assertEquals(
        List.of("entailment", "not_entailment"), List.copyOf(all.get(0).probabilities().keySet()));
    assertEquals(0.119203, all.get(0).probabilities().get("entailment"), 1e-6);
    assertEquals(0.880797, all.get(0).probabilities().get("not_entailment"), 1e-6);
    assertEquals("entailment", all.get(1).answer());
  }

  @Test
  void aScoreIsAnsweredOnItsOwnScale() {
    assertEquals(
        List.of(new Prediction(0, "4.5", Map.of()), new Prediction(1, "5", Map.of())),
        Prediction.all(
            GlueTask.named("sts"), ScoringTest.examples("0", "0"), new float[][] {{0.9f}, {1.2f}}));
  }

  @Test
  void outputsMustFitTheTask() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Prediction.all(
                GlueTask.named("sts"), ScoringTest.examples("0"), new float[][] {{0, 1}}));
  }
}
