package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.DropoutMask;
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
 * Inverted dropout: an element is dropped with the given probability, a kept one is divided by the
 * keep probability. See {@link DropoutMask} for which ones are kept.
 */
public final class Dropout extends JavaOp {
  private static final String NAME = "electra_dropout";
  private static final int BLOCK = 4096;

  /** For SameDiff only. */
  public Dropout() {}

  private Dropout(SameDiff sd, SDVariable input, DropoutSite site) {
    super(NAME, sd, input, site.seed());
    addIArgument(site.number());
    addTArgument(site.rate());
  }

  /** {@code input} with dropout at {@code site}. */
  public static SDVariable build(SDVariable input, DropoutSite site) {
    return new Dropout(input.getSameDiff(), input, site).outputVariable();
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
    INDArray input = operands.array(0);
    if (input.dataType() != DataType.FLOAT) {
      return () -> dropElements(operands, mask(operands));
    }
    FloatMemory from = operands.input(0);
    FloatMemory to = operands.output(0);
    int workers = operands.workers();
    float[][] blocks = new float[workers][BLOCK];
    int tasks = (from.length() + BLOCK - 1) / BLOCK;
    return () -> {
      DropoutMask mask = mask(operands);
      Team.run(
          tasks,
          workers,
          (index, worker) -> {
            int start = index * BLOCK;
            int count = Math.min(BLOCK, from.length() - start);
            from.get(start, blocks[worker], count);
            VectorMath.best().drop(blocks[worker], mask, start, count);
            to.put(start, blocks[worker], count);
          });
    };
  }

  private DropoutMask mask(Operands operands) {
    return DropoutSite.mask(operands.array(1), getIArgument(0), getTArgument(0));
  }

  private void dropElements(Operands operands, DropoutMask mask) {
    INDArray input = operands.array(0);
    INDArray out = operands.outputs()[0];
    for (long i = 0; i < input.length(); i++) {
      out.putScalar(i, mask.keeps(i) ? input.getDouble(i) / (1 - getTArgument(0)) : 0);
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable seed = arg(1);
    DropoutSite site = new DropoutSite(seed, getIArgument(0), getTArgument(0));
    return List.of(build(gradients.get(0), site), sameDiff.zerosLike(seed));
  }
}
