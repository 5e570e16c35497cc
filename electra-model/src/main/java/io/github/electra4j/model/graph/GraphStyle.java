package io.github.electra4j.model.graph;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** What the blocks of a graph are built of. The numbers are the same within rounding. */
public enum GraphStyle {
  /**
   * Stock operations of ND4J, which every backend can run, and a few of ours that have no stock
   * counterpart. DOUBLE graphs, GPU backends and comparisons use it.
   */
  PORTABLE,

  /**
   * Operations of ours that do a block's work in one go, in native memory of the CPU and on all
   * cores. They are for FLOAT: a block of another type is composed as in {@link #PORTABLE}.
   */
  FUSED;

  /** The faster style on the backend that ND4J has loaded. */
  public static GraphStyle ofBackend() {
    return Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU
        ? FUSED
        : PORTABLE;
  }
}
