package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TensorSpec.Initializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OptimizerStateTest {
  private static final List<TensorSpec> LAYOUT =
      List.of(
          TensorSpec.trainable("a/kernel", Initializer.TRUNCATED_NORMAL, 4, 2),
          TensorSpec.trainable("a/bias", Initializer.ZEROS, 2),
          TensorSpec.state("a/count", 2));

  @Test
  void momentsMayBeThereForSomeTensorsOnly() {
    assertEquals(List.of(), new OptimizerState(0, Map.of()).problemsWith(LAYOUT));
    OptimizerState some =
        new OptimizerState(
            3, Map.of("a/bias/adam_m", Nd4j.zeros(2), "a/bias/adam_v", Nd4j.zeros(2)));
    assertEquals(List.of(), some.problemsWith(LAYOUT));
  }

  @Test
  void whatDoesNotFitIsListedWhole() {
    Map<String, INDArray> slots = new LinkedHashMap<>();
    slots.put("a/kernel/adam_m", Nd4j.zeros(2, 4));
    slots.put("a/kernel/adam_v", Nd4j.zeros(4, 2));
    slots.put("a/bias/adam_v", Nd4j.zeros(2));
    slots.put("a/count/adam_m", Nd4j.zeros(2));
    slots.put("b/adam_m", Nd4j.zeros(1));
    assertEquals(
        List.of(
            "  wrong shape a/kernel/adam_m [2, 4], its tensor has [4, 2]",
            "  missing     a/bias/adam_m [2]",
            "  unexpected  a/count/adam_m [2]",
            "  unexpected  b/adam_m [1]"),
        new OptimizerState(1, slots).problemsWith(LAYOUT));
    Map<String, INDArray> whole =
        Map.of(
            "a/bias/adam_m",
            Nd4j.zeros(DataType.INT32, 2),
            "a/bias/adam_v",
            Nd4j.zeros(DataType.FLOAT, 2));
    assertEquals(
        List.of("  wrong type  a/bias/adam_m INT"),
        new OptimizerState(1, whole).problemsWith(LAYOUT));
  }

  @Test
  void otherNamesAndNegativeStepsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new OptimizerState(-1, Map.of()));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new OptimizerState(0, Map.of("a/bias", Nd4j.zeros(2))));
    assertTrue(e.getMessage().contains("a/bias is no moment of Adam"), e.getMessage());
    assertEquals("a/bias/adam_m", OptimizerState.firstMoment("a/bias"));
    assertEquals("a/bias/adam_v", OptimizerState.secondMoment("a/bias"));
  }
}
