package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Through {@link CrossEntropy}: {@code logits[rows, vocab], targets[rows], gradient[rows, 1] ->
 * gradient · (softmax(logits) − onehot(target))}.
 */
public final class CrossEntropyGradient extends JavaOp {
  private static final String NAME = "electra_cross_entropy_gradient";

  /** For SameDiff only. */
  public CrossEntropyGradient() {}

  private CrossEntropyGradient(
      SameDiff sd, SDVariable logits, SDVariable targets, SDVariable gradient) {
    super(NAME, sd, logits, targets, gradient);
  }

  static SDVariable build(SDVariable logits, SDVariable targets, SDVariable gradient) {
    return new CrossEntropyGradient(logits.getSameDiff(), logits, targets, gradient)
        .outputVariable();
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
    FloatMemory logits = operands.input(0);
    FloatMemory upstream = operands.input(2);
    FloatMemory out = operands.output(0);
    int rows = logits.size(0);
    int vocab = logits.size(1);
    float[][] values = new float[operands.workers()][vocab];
    float[] factors = new float[rows];
    return () -> {
      int[] ids = CrossEntropy.ids(operands.array(1), rows, vocab);
      upstream.get(0, factors, rows);
      Team.run(
          rows,
          operands.workers(),
          (row, worker) -> {
            float[] gradient = values[worker];
            logits.get((long) row * vocab, gradient, vocab);
            VectorMath.best().softmax(gradient, vocab);
            gradient[ids[row]] -= 1;
            VectorMath.best().scale(gradient, factors[row], vocab);
            out.put((long) row * vocab, gradient, vocab);
          });
    };
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw notTwice("a cross-entropy");
  }
}
