package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.TrainingDivergedException;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PretrainSessionTest {
  private static MaskedBatch batch(int from, int to) {
    return TinyText.masked(from, to);
  }

  @Test
  void aBatchInPartsGivesTheUpdateOfTheWhole() {
    Checkpoint start = TinyText.start(0);
    PretrainConfig choices = TinyText.CHOICES;
    try (PretrainSession whole = PretrainSession.start(start, choices);
        PretrainSession parts = PretrainSession.start(start, choices)) {
      PretrainReport one = whole.step(List.of(batch(0, 8)));
      PretrainReport three = parts.step(List.of(batch(0, 3), batch(3, 4), batch(4, 8)));
      assertEquals(one.loss(), three.loss(), 1e-5 * one.loss());
      assertEquals(one.generatorLoss(), three.generatorLoss(), 1e-5);
      assertEquals(one.discriminatorLoss(), three.discriminatorLoss(), 1e-6);
      assertEquals(one.gradientNorm(), three.gradientNorm(), 1e-4 * one.gradientNorm());
      assertEquals(one.detection(), three.detection());
      assertEquals(one.sampledCorrectly(), three.sampledCorrectly());
      assertEquals(8, three.examples());
      assertEquals(one.tokens(), three.tokens());
      Map<String, INDArray> moments = parts.checkpoint(true).optimizer().orElseThrow().slots();
      whole
          .checkpoint(true)
          .optimizer()
          .orElseThrow()
          .slots()
          .forEach(
              (name, moment) -> assertTrue(moment.equalsWithEps(moments.get(name), 1e-6), name));
    }
  }

  @Test
  void aSavedSessionGoesOnToTheBit() {
    Checkpoint start = TinyText.start(0.1);
    try (PretrainSession through = PretrainSession.start(start, TinyText.CHOICES);
        PretrainSession first = PretrainSession.start(start, TinyText.CHOICES)) {
      for (int i = 0; i < 4; i++) {
        through.step(List.of(batch(0, 8)));
      }
      first.step(List.of(batch(0, 8)));
      first.step(List.of(batch(0, 8)));
      try (PretrainSession second =
          PretrainSession.resume(first.checkpoint(true), TinyText.CHOICES)) {
        assertEquals(2, second.step());
        second.step(List.of(batch(0, 8)));
        second.step(List.of(batch(0, 8)));
        TinyText.assertSame(through.checkpoint(true), second.checkpoint(true));
      }
      assertTrue(through.nativeBytes() > 0);
      assertEquals(TinyText.CHOICES.totalSteps(), through.totalSteps());
    }
  }

  @Test
  void aLossThatIsNoNumberChangesNothing() {
    Checkpoint start = TinyText.start(0);
    Map<String, INDArray> broken = start.weights().copy();
    broken.get("generator_predictions/output_bias").putScalar(5, Float.NaN);
    Checkpoint nan = start.withWeights(start.weights().with(broken));
    try (PretrainSession session = PretrainSession.start(nan, TinyText.CHOICES)) {
      TrainingDivergedException e =
          assertThrows(TrainingDivergedException.class, () -> session.step(List.of(batch(0, 8))));
      assertEquals(1, e.step());
      assertEquals(0, session.step());
      String name = "discriminator_predictions/dense/kernel";
      assertEquals(nan.weights().get(name), session.weights().get(name));
    }
  }

  @Test
  void aCheckpointThatCannotBeGoneOnFromIsRefused() {
    Checkpoint start = TinyText.start(0);
    assertThrows(
        IllegalArgumentException.class, () -> PretrainSession.resume(start, TinyText.CHOICES));
    ElectraConfig encoder = start.config().encoderOnly();
    TaskHead head = new TaskHead.Regression("t", 0, 1);
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(encoder, List.of(head)), 0.02, 1);
    Checkpoint tuned =
        new Checkpoint(encoder, List.of(head), weights, Optional.empty(), Optional.empty());
    assertThrows(
        IllegalArgumentException.class, () -> PretrainSession.start(tuned, TinyText.CHOICES));
    Checkpoint headless =
        Checkpoint.of(encoder, WeightMap.initialise(TensorLayout.of(encoder), 0.02, 1));
    assertThrows(
        IllegalArgumentException.class, () -> PretrainSession.start(headless, TinyText.CHOICES));
  }
}
