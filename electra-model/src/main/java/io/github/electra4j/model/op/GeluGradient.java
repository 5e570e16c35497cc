package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/** Through a GELU: {@code x, dy -> dy · GELU'(x)}, all of one shape. */
public final class GeluGradient extends JavaOp {
  private static final String NAME = "electra_gelu_gradient";
  private static final int BLOCK = 4096;

  /** For SameDiff only. */
  public GeluGradient() {}

  private GeluGradient(SameDiff sd, SDVariable input, SDVariable gradient) {
    super(NAME, sd, input, gradient);
  }

  static SDVariable build(SDVariable input, SDVariable gradient) {
    return new GeluGradient(input.getSameDiff(), input, gradient).outputVariable();
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    return List.of(like(inputs[0]));
  }

  @Override
  public Runnable bind(Operands operands) {
    FloatMemory input = operands.input(0);
    FloatMemory gradient = operands.input(1);
    FloatMemory out = operands.output(0);
    int workers = operands.workers();
    float[][] blocks = new float[2 * workers][BLOCK];
    int tasks = (input.length() + BLOCK - 1) / BLOCK;
    return () ->
        Team.run(
            tasks,
            workers,
            (index, worker) -> {
              int start = index * BLOCK;
              int count = Math.min(BLOCK, input.length() - start);
              float[] x = blocks[2 * worker];
              float[] dy = blocks[2 * worker + 1];
              input.get(start, x, count);
              gradient.get(start, dy, count);
              VectorMath.best().geluGradient(x, dy, count);
              out.put(start, dy, count);
            });
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw notTwice("GELU");
  }
}
