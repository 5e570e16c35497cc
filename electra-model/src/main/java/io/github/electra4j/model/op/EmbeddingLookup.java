package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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
  public static SDVariable build(String name, SDVariable table, SDVariable ids) {
    SDVariable rows = new EmbeddingLookup(table.getSameDiff(), table, ids).outputVariable();
    return table.getSameDiff().updateVariableNameAndReference(rows, name); // [count, width]
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    long[] shape = {inputs[1].length(), inputs[0].shape()[1]};
    return List.of(LongShapeDescriptor.fromShape(shape, inputs[0].dataType()));
  }

  @Override
  public Runnable bind(Operands operands) {
    INDArray table = operands.array(0);
    INDArray ids = operands.array(1);
    if (table.dataType() != DataType.FLOAT) {
      return () -> copyRows(ids(table, ids), table, operands.outputs()[0]);
    }
    FloatMemory from = operands.input(0);
    FloatMemory to = operands.output(0);
    float[] row = new float[from.size(1)];
    return () -> copyRows(ids(table, ids), from, to, row);
  }

  private static void copyRows(int[] ids, FloatMemory from, FloatMemory to, float[] row) {
    for (int i = 0; i < ids.length; i++) {
      from.get((long) ids[i] * row.length, row, row.length);
      to.put((long) i * row.length, row, row.length);
    }
  }

  private static void copyRows(int[] ids, INDArray from, INDArray to) {
    for (int i = 0; i < ids.length; i++) {
      to.getRow(i).assign(from.getRow(ids[i]));
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
      if (out[i] < 0 || out[i] >= table.shape()[0]) {
        throw new IllegalArgumentException(
            "id %d at position %d is outside the table of %d rows"
                .formatted(out[i], i, table.shape()[0]));
      }
    }
    return out;
  }
}
