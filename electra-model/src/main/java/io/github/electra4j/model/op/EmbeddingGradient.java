package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * The gradient of {@link EmbeddingLookup} with respect to its table: {@code table[rows, width],
 * ids[count], gradient[count, width] -> [rows, width]}, rows of equal ids added in the order of the
 * ids.
 */
public final class EmbeddingGradient extends JavaOp {
  private static final String NAME = "electra_embedding_gradient";

  /** For SameDiff only. */
  public EmbeddingGradient() {}

  private EmbeddingGradient(SameDiff sd, SDVariable table, SDVariable ids, SDVariable gradient) {
    super(NAME, sd, table, ids, gradient);
  }

  static SDVariable build(SDVariable table, SDVariable ids, SDVariable gradient) {
    return new EmbeddingGradient(table.getSameDiff(), table, ids, gradient).outputVariable();
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
    INDArray ids = operands.array(1);
    INDArray out = operands.outputs()[0];
    if (out.dataType() != DataType.FLOAT) {
      return () -> addRows(EmbeddingLookup.ids(out, ids), operands.array(2), out);
    }
    FloatMemory gradient = operands.input(2);
    FloatMemory sums = operands.output(0);
    return () -> addRows(EmbeddingLookup.ids(out, ids), gradient, sums);
  }

  private static void addRows(int[] ids, FloatMemory gradient, FloatMemory sums) {
    int width = sums.size(1);
    float[] row = new float[width];
    float[] sum = new float[width];
    sums.clear();
    for (int i = 0; i < ids.length; i++) {
      gradient.get((long) i * width, row, width);
      sums.get((long) ids[i] * width, sum, width);
      for (int w = 0; w < width; w++) {
        sum[w] += row[w];
      }
      sums.put((long) ids[i] * width, sum, width);
    }
  }

  private static void addRows(int[] ids, INDArray gradient, INDArray sums) {
    sums.assign(0);
    for (int i = 0; i < ids.length; i++) {
      sums.getRow(ids[i]).addi(gradient.getRow(i));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw notTwice("an embedding lookup");
  }
}
