package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointTest {
  private final Checkpoint example = CheckpointExamples.fineTuned();

  @Test
  void theLayoutIsThatOfTheArchitectureAndThenTheHeads() {
    List<TensorSpec> layout = Checkpoint.layout(example.config(), example.heads());
    assertEquals(layout, example.weights().layout());
    assertEquals("task_specific/sts/dense/bias", layout.get(layout.size() - 1).name());
    assertEquals(TensorLayout.of(example.config()), layout.subList(0, layout.size() - 4));
  }

  @Test
  void headsAreFoundByTask() {
    assertEquals(Optional.of(CheckpointExamples.STS), example.head("sts"));
    assertEquals(Optional.empty(), example.head("mnli"));
  }

  @Test
  void copiesDifferInOnePart() throws MalformedFileException {
    Checkpoint bare = Checkpoint.of(example.config(), example.weights().subset(encoder()));
    assertEquals(List.of(), bare.heads());
    assertEquals(Optional.empty(), bare.text());
    TextSettings text = example.text().orElseThrow();
    assertEquals(Optional.of(text), bare.withText(text).text());
    OptimizerState start = new OptimizerState(0, Map.of());
    assertSame(start, bare.withOptimizer(start).optimizer().orElseThrow());
    assertEquals(Optional.empty(), example.withoutOptimizer().optimizer());
    WeightMap others = WeightMap.initialise(example.weights().layout(), 0.5, 9);
    assertSame(
        others.get("electra/embeddings/word_embeddings"),
        example.withWeights(others).weights().get("electra/embeddings/word_embeddings"));
    assertSame(example, example.requireFinite("x"));
  }

  @Test
  void theOrderOfTheWeightsFollowsTheLayout() {
    List<TensorSpec> layout = Checkpoint.layout(example.config(), example.heads());
    List<TensorSpec> reversed = new java.util.ArrayList<>(layout);
    java.util.Collections.reverse(reversed);
    Checkpoint turned = example.withWeights(example.weights().subset(reversed));
    assertEquals(layout, turned.weights().layout());
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    ElectraConfig config = example.config();
    refuses(() -> Checkpoint.of(config, example.weights()), "task_specific/sst/dense/kernel");
    refuses(() -> Checkpoint.of(config, WeightMap.empty()), "missing");
    refuses(
        () -> Checkpoint.layout(config, List.of(CheckpointExamples.SST, CheckpointExamples.SST)),
        "at most one head per task");
    byte[] long12 = "a\n".repeat(12).getBytes(StandardCharsets.UTF_8);
    refuses(
        () -> example.withText(new TextSettings(long12, true, Optional.empty())),
        "12 pieces, but the embedding table has only 11 rows");
    Map<String, INDArray> alien = Map.of("x/adam_m", Nd4j.zeros(1));
    refuses(() -> example.withOptimizer(new OptimizerState(0, alien)), "unexpected  x/adam_m");
  }

  @Test
  void everythingIsSinglePrecisionAndNotCopiedIfItIsAlready() {
    Checkpoint wide = example.withWeights(example.weights().castTo(DataType.DOUBLE));
    INDArray bias = wide.weights().get("task_specific/sts/dense/bias");
    assertEquals(DataType.FLOAT, bias.dataType());
    assertSame(bias, wide.withoutOptimizer().weights().get("task_specific/sts/dense/bias"));
    INDArray moment = Nd4j.zeros(DataType.DOUBLE, 1);
    OptimizerState state = new OptimizerState(0, Map.of("b/adam_m", moment));
    assertEquals(DataType.FLOAT, state.slots().get("b/adam_m").dataType());
  }

  @Test
  void fewerPiecesThanRowsAreFine() {
    assertEquals(4, example.text().orElseThrow().pieces());
    assertEquals(11, example.config().vocabSize());
  }

  @Test
  void notANumberIsFoundOnRequest() {
    Map<String, INDArray> weights = new HashMap<>(example.weights().copy());
    weights.get("task_specific/sst/dense/bias").putScalar(1, Float.NaN);
    Checkpoint diverged = example.withWeights(example.weights().with(weights));
    MalformedFileException e =
        assertThrows(MalformedFileException.class, () -> diverged.requireFinite("models/sst"));
    assertTrue(e.getMessage().contains("task_specific/sst/dense/bias has 1 of 2"), e.getMessage());
  }

  private List<TensorSpec> encoder() {
    return TensorLayout.of(example.config());
  }

  private static void refuses(Executable making, String expected) {
    String message = assertThrows(IllegalArgumentException.class, making).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
