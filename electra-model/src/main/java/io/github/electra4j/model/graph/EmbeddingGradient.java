package io.github.electra4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
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
  protected LongShapeDescriptor outputShape(OpContext context) {
    INDArray table = context.getInputArray(0);
    return LongShapeDescriptor.fromShape(table.shape(), table.dataType());
  }

  @Override
  public void execute(OpContext context) {
    INDArray gradient = context.getInputArray(2);
    INDArray out = context.getOutputArray(0);
    int[] ids = EmbeddingLookup.ids(out, context.getInputArray(1));
    out.assign(0);
    if (out.dataType() == DataType.FLOAT) {
      addRows(ids, NativeFloats.of(gradient), NativeFloats.of(out), Math.toIntExact(out.size(1)));
    } else {
      for (int i = 0; i < ids.length; i++) {
        out.getRow(ids[i]).addi(gradient.getRow(i));
      }
    }
  }

  private static void addRows(int[] ids, NativeFloats gradient, NativeFloats out, int width) {
    float[] row = new float[width];
    float[] sum = new float[width];
    for (int i = 0; i < ids.length; i++) {
      gradient.get((long) i * width, row);
      out.get((long) ids[i] * width, sum);
      for (int w = 0; w < width; w++) {
        sum[w] += row[w];
      }
      out.put((long) ids[i] * width, sum);
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException(
        "The second derivative of an embedding lookup is not defined; differentiate once only.");
  }
}
