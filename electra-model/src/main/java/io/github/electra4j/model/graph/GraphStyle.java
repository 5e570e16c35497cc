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
    return of(Nd4j.getExecutioner().type());
  }

  /** The faster style on a backend of that type. */
  static GraphStyle of(OpExecutioner.ExecutionerType backend) {
    return backend == OpExecutioner.ExecutionerType.NATIVE_CPU ? FUSED : PORTABLE;
  }

  /**
   * Refuses a style that a backend cannot run.
   *
   * @throws IllegalStateException for fused operations on anything but the CPU
   */
  void requireRunnableOn(OpExecutioner.ExecutionerType backend) {
    if (this == FUSED && of(backend) != FUSED) {
      throw new IllegalStateException(
          "Fused operations work in the memory of the CPU; ND4J's backend is %s. Use GraphStyle.PORTABLE"
              .formatted(backend));
    }
  }
}
