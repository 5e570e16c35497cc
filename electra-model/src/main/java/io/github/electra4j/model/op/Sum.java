package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of two FLOAT arrays of one shape by the {@link Team}. SameDiff adds the gradients that
 * arrive at a variable over several paths with an operation of its own, which a plan of fused
 * operations replaces by this.
 */
public final class Sum {
  private static final int BLOCK = 8192;

  private Sum() {}

  /** Whether the arrays can be added here. */
  public static boolean isPossible(INDArray left, INDArray right) {
    return left.dataType() == DataType.FLOAT
        && right.dataType() == DataType.FLOAT
        && left.equalShapes(right);
  }

  /** The work {@code out = left + right}. */
  public static Runnable bind(Operands operands) {
    FloatMemory left = operands.input(0);
    FloatMemory right = operands.input(1);
    FloatMemory out = operands.output(0);
    float[][] blocks = new float[2 * operands.workers()][BLOCK];
    int tasks = (out.length() + BLOCK - 1) / BLOCK;
    return () ->
        Team.run(
            tasks,
            operands.workers(),
            (index, worker) -> {
              int start = index * BLOCK;
              int count = Math.min(BLOCK, out.length() - start);
              float[] x = blocks[2 * worker];
              float[] y = blocks[2 * worker + 1];
              left.get(start, x, count);
              right.get(start, y, count);
              VectorMath.best().add(x, y, count);
              out.put(start, x, count);
            });
  }
}
