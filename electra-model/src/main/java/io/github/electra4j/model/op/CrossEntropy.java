package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Softmax cross-entropy per row: {@code logits[rows, vocab], targets[rows] -> [rows, 1]}, without
 * the probabilities ever being stored. A target is the position of the right logit in the flat
 * logits, {@code row · vocab + id}.
 */
public final class CrossEntropy extends JavaOp {
  private static final String NAME = "electra_cross_entropy";

  /** For SameDiff only. */
  public CrossEntropy() {}

  private CrossEntropy(SameDiff sd, SDVariable logits, SDVariable targets) {
    super(NAME, sd, logits, targets);
  }

  /** {@code −log softmax(logits)} at the targets, [rows, 1]. */
  public static SDVariable build(SDVariable logits, SDVariable targets) {
    return new CrossEntropy(logits.getSameDiff(), logits, targets).outputVariable();
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    long[] shape = {inputs[0].shape()[0], 1};
    return List.of(LongShapeDescriptor.fromShape(shape, DataType.FLOAT));
  }

  /**
   * The right id of every row.
   *
   * @throws IllegalArgumentException if a target is not in its row
   */
  static int[] ids(INDArray targets, int rows, int vocab) {
    int[] ids = targets.data().getIntsAt(targets.offset(), rows);
    for (int row = 0; row < rows; row++) {
      ids[row] -= row * vocab;
      if (ids[row] < 0 || ids[row] >= vocab) {
        throw new IllegalArgumentException(
            "target %d is not in row %d of logits with %d columns; give row · columns + id"
                .formatted(ids[row] + row * vocab, row, vocab));
      }
    }
    return ids;
  }

  @Override
  public Runnable bind(Operands operands) {
    FloatMemory logits = operands.input(0);
    FloatMemory losses = operands.output(0);
    int rows = logits.size(0);
    int vocab = logits.size(1);
    float[][] values = new float[operands.workers()][vocab];
    float[] results = new float[rows];
    return () -> {
      int[] ids = ids(operands.array(1), rows, vocab);
      Team.run(
          rows,
          operands.workers(),
          (row, worker) -> {
            logits.get((long) row * vocab, values[worker], vocab);
            float right = values[worker][ids[row]];
            results[row] = VectorMath.best().logSum(values[worker], vocab) - right;
          });
      losses.put(0, results, rows);
    };
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable gradient = CrossEntropyGradient.build(arg(0), arg(1), gradients.get(0));
    return List.of(gradient, sameDiff.zerosLike(arg(1)));
  }
}
