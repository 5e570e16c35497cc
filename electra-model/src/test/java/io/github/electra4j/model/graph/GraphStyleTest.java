package io.github.electra4j.model.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;

class GraphStyleTest {
  @Test
  void onlyTheCpuRunsFusedOperations() {
    assertEquals(GraphStyle.FUSED, GraphStyle.of(ExecutionerType.NATIVE_CPU));
    assertEquals(GraphStyle.PORTABLE, GraphStyle.of(ExecutionerType.CUDA));
    GraphStyle.PORTABLE.requireRunnableOn(ExecutionerType.CUDA);
    GraphStyle.FUSED.requireRunnableOn(ExecutionerType.NATIVE_CPU);
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> GraphStyle.FUSED.requireRunnableOn(ExecutionerType.CUDA));
    assertTrue(refused.getMessage().contains("GraphStyle.PORTABLE"), refused.getMessage());
  }
}
