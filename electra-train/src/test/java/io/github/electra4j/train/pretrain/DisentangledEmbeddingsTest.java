package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.train.CheckpointStore;
import io.github.electra4j.train.graph.ReplacementSampler;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.optimizer.AdamWeightDecay;
import io.github.electra4j.train.optimizer.GlobalNorm;
import io.github.electra4j.train.optimizer.LayerwiseDecay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The discriminator's embeddings are the generator's plus a difference of their own. */
class DisentangledEmbeddingsTest {
  private static final String SUM = "electra/embeddings/word_embeddings";
  private static final String BASE = "generator/embeddings/word_embeddings";
  private static final List<MaskedBatch> BATCH = List.of(TinyText.masked(0, 8));

  private static ElectraConfig config() {
    ElectraConfig tied = TinyText.start(0).config();
    return tied.withGenerator(tied.generator().orElseThrow().withDisentangledEmbeddings(true));
  }

  private static Checkpoint start() {
    return StartingPoint.fresh(config(), Optional.empty(), 3).checkpoint();
  }

  @Test
  void theDifferenceBeginsAtZero() {
    Checkpoint start = start();
    assertEquals(start.weights().get(SUM), start.weights().get(BASE));
    assertEquals(
        start.weights().get("electra/embeddings/LayerNorm/gamma"),
        start.weights().get("generator/embeddings/LayerNorm/gamma"));
    Checkpoint tied = TinyText.start(0);
    StartingPoint from = StartingPoint.from(tied, config(), 9);
    assertEquals(tied.weights().get(SUM), from.checkpoint().weights().get(SUM));
    assertEquals(tied.weights().get(SUM), from.checkpoint().weights().get(BASE));
  }

  /** The generator's loss moves both tables by the same amount, and no other loss moves its own. */
  @Test
  void theGeneratorsLossMovesTheSumAsItMovesItsOwn() {
    PretrainConfig choices = TinyText.CHOICES.withDecay(1, 0).withSchedule(2e-3, 1, 60);
    PretrainConfig generatorOnly = choices.withObjective(choices.objective().withWeights(1, 0));
    try (PretrainSession session = PretrainSession.start(start(), generatorOnly)) {
      for (int i = 0; i < 4; i++) {
        session.step(BATCH);
      }
      INDArray base = session.weights().get(BASE);
      assertNotEquals(start().weights().get(BASE), base);
      assertTrue(session.weights().get(SUM).equalsWithEps(base, 1e-8));
    }
    PretrainConfig other = choices.withObjective(choices.objective().withWeights(0, 50));
    try (PretrainSession session = PretrainSession.start(start(), other)) {
      for (int i = 0; i < 4; i++) {
        session.step(BATCH);
      }
      assertEquals(start().weights().get(BASE), session.weights().get(BASE));
      assertNotEquals(session.weights().get(BASE), session.weights().get(SUM));
    }
  }

  /** Ten updates beside an optimizer that holds E and the difference as variables of their own. */
  @Test
  void updatesAreThoseOfTheGeneratorsTableAndTheDifference() {
    Map<String, INDArray> apart = start().weights().copy();
    Map<String, INDArray> deltas = new LinkedHashMap<>();
    apart.keySet().stream()
        .filter(name -> name.startsWith("electra/embeddings/"))
        .forEach(name -> deltas.put(name, apart.get(name).mul(0)));
    apart.putAll(deltas);
    AdamWeightDecay optimizer =
        new AdamWeightDecay(apart, new LayerwiseDecay(1, 2), TinyText.CHOICES.weightDecay());
    try (PretrainSession session = PretrainSession.start(start(), TinyText.CHOICES)) {
      for (int step = 0; step < 10; step++) {
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        double norm =
            session.gradients(
                BATCH.get(0),
                ReplacementSampler.of(TinyText.CHOICES.objective()),
                outcome -> {
                  outcome.gradients().forEach((name, part) -> gradients.put(name, part.dup('c')));
                  return GlobalNorm.of(outcome.normTerms());
                });
        float rate = TinyText.CHOICES.schedule().at(step);
        optimizer.step(gradients, rate, GlobalNorm.scale(norm, 1));
        session.step(BATCH);
      }
      apart.forEach(
          (name, value) -> {
            INDArray expected =
                deltas.containsKey(name)
                    ? value.add(apart.get(name.replace("electra/", "generator/")))
                    : value;
            float[] actual = session.weights().get(name).dup('c').data().asFloat();
            assertArrayEquals(expected.dup('c').data().asFloat(), actual, 1e-5f, name);
          });
      assertTrue(deltas.get(SUM).norm2Number().doubleValue() > 1e-3, "the difference has moved");
    }
  }

  @Test
  void aRunGoesOnToTheBitAndItsStatesAreUsableModels(@TempDir Path folder) throws IOException {
    PretrainConfig choices = TinyText.CHOICES.withSchedule(2e-3, 5, 12).withBatch(6, 4);
    ExampleSource text = ExampleSource.of(TinyText.text(0, 8));
    Pretrainer trainer = Pretrainer.of(start(), choices, TinyText.SPECIAL, text);
    Checkpoint whole = trainer.run(PretrainListener.none()).checkpoint();
    CheckpointStore store = CheckpointStore.open(folder, Map.of(), 3);
    List<Long> reached = new ArrayList<>();
    PretrainListener stopping =
        new PretrainListener() {
          @Override
          public void onStep(PretrainReport report) {
            reached.add(report.step());
          }

          @Override
          public boolean stopRequested() {
            return !reached.isEmpty() && reached.get(reached.size() - 1) == 5;
          }
        };
    trainer.savingTo(store, 100).run(stopping);
    Checkpoint state = store.latest().orElseThrow();
    assertEquals(config(), state.config());
    TinyText.assertSame(
        whole, trainer.savingTo(store, 100).run(PretrainListener.none()).checkpoint());
  }
}
