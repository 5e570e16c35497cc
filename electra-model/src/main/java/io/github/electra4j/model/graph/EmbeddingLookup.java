package io.github.electra4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Rows of a table: {@code table[rows, width], ids[count] -> [count, width]}. It stands in for
 * SameDiff's own gather, whose gradient cannot be built. An id outside the table is an {@link
 * IllegalArgumentException} that names it.
 */
public final class EmbeddingLookup extends JavaOp {
  private static final String NAME = "electra_embedding_lookup";

  /** For SameDiff only. */
  public EmbeddingLookup() {}

  private EmbeddingLookup(SameDiff sd, SDVariable table, SDVariable ids) {
    super(NAME, sd, table, ids);
  }

  /** Adds a lookup named {@code name} to the graph of {@code table}. */
  static SDVariable build(String name, SDVariable table, SDVariable ids) {
    SDVariable rows = new EmbeddingLookup(table.getSameDiff(), table, ids).outputVariable();
    return table.getSameDiff().updateVariableNameAndReference(rows, name); // [count, width]
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  protected LongShapeDescriptor outputShape(OpContext context) {
    INDArray table = context.getInputArray(0);
    INDArray ids = context.getInputArray(1);
    return LongShapeDescriptor.fromShape(
        new long[] {ids.length(), table.size(1)}, table.dataType());
  }

  @Override
  public void execute(OpContext context) {
    INDArray table = context.getInputArray(0);
    int[] ids = ids(table, context.getInputArray(1));
    INDArray out = context.getOutputArray(0);
    int width = Math.toIntExact(table.size(1));
    if (table.dataType() == DataType.FLOAT) {
      NativeFloats from = NativeFloats.of(table);
      NativeFloats to = NativeFloats.of(out);
      float[] row = new float[width];
      for (int i = 0; i < ids.length; i++) {
        from.get((long) ids[i] * width, row);
        to.put((long) i * width, row);
      }
    } else {
      for (int i = 0; i < ids.length; i++) {
        out.getRow(i).assign(table.getRow(ids[i]));
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable table = arg(0);
    SDVariable ids = arg(1);
    return List.of(EmbeddingGradient.build(table, ids, gradients.get(0)), sameDiff.zerosLike(ids));
  }

  static int[] ids(INDArray table, INDArray ids) {
    int[] out = ids.data().getIntsAt(ids.offset(), Math.toIntExact(ids.length()));
    for (int i = 0; i < out.length; i++) {
      if (out[i] < 0 || out[i] >= table.size(0)) {
        throw new IllegalArgumentException(
            "id %d at position %d is outside the table of %d rows"
                .formatted(out[i], i, table.size(0)));
      }
    }
    return out;
  }
}
