package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.DropoutMask;
import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Gemm;
import io.github.electra4j.model.compute.Gemm.Matrix;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Through {@link FusedAttention}: {@code qkv, adder, dcontext[tokens, hidden] -> dqkv}, and the
 * seed if there is dropout. The probabilities are computed again, a block of queries at a time, and
 * so is the dropout mask.
 */
public final class AttentionGradient extends JavaOp {
  private static final String NAME = "electra_attention_gradient";
  private static final int SITE = 1;

  /** For SameDiff only. */
  public AttentionGradient() {}

  private AttentionGradient(SameDiff sd, SDVariable[] inputs, int heads) {
    super(NAME, sd, inputs);
    addIArgument(heads);
  }

  static SDVariable build(
      SDVariable queryKeyValue,
      SDVariable adder,
      SDVariable gradient,
      int heads,
      Optional<DropoutSite> dropout) {
    List<SDVariable> inputs = new ArrayList<>(List.of(queryKeyValue, adder, gradient));
    dropout.ifPresent(site -> inputs.add(site.seed()));
    AttentionGradient op =
        new AttentionGradient(
            queryKeyValue.getSameDiff(), inputs.toArray(SDVariable[]::new), heads);
    dropout.ifPresent(
        site -> {
          op.addIArgument(site.number());
          op.addTArgument(site.rate());
        });
    return op.outputVariable();
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
  public long scratchFloats(INDArray[] inputs, int workers) {
    return 2L * workers * AttentionHead.blockFloats(inputs[1]);
  }

  private boolean hasDropout() {
    return numTArguments() == 1;
  }

  @Override
  public boolean usesBlas() {
    return true;
  }

  @Override
  public Runnable bind(Operands operands) {
    return new Bound(operands, this);
  }

  private static final class Bound implements Runnable {
    private final AttentionGradient op;
    private final Operands operands;
    private final FloatMemory upstream;
    private final FloatMemory result;
    private final AttentionHead.Shape shape;
    private final AttentionHead[] heads;
    private final float[][] rows;

    private Bound(Operands operands, AttentionGradient op) {
      this.op = op;
      this.operands = operands;
      this.upstream = operands.input(2);
      this.result = operands.output(0);
      this.shape = AttentionHead.Shape.of(operands, op.getIArgument(0).intValue());
      this.heads = new AttentionHead[operands.workers()];
      for (int worker = 0; worker < heads.length; worker++) {
        heads[worker] = new AttentionHead(operands, shape, worker);
      }
      this.rows = new float[operands.workers()][Math.max(shape.seq(), shape.size())];
    }

    @Override
    public void run() {
      DropoutMask mask =
          op.hasDropout()
              ? DropoutSite.mask(operands.array(3), op.getIArgument(SITE), op.getTArgument(0))
              : null;
      Team.run(
          shape.batch() * shape.heads(),
          operands.workers(),
          (index, worker) -> {
            heads[worker].enter(index);
            clearPadding(heads[worker]);
            for (int row = 0; row < shape.seq(); row += AttentionHead.QUERIES) {
              int queries = Math.min(AttentionHead.QUERIES, shape.seq() - row);
              probabilities(heads[worker], row, queries, mask, rows[worker]);
              products(heads[worker], row, queries);
            }
          });
    }

    /** Keys and values beyond the last real token have no gradient. */
    private void clearPadding(AttentionHead head) {
      float[] zeros = new float[shape.size()];
      for (int token = head.keys(); token < shape.seq(); token++) {
        result.put(head.element(1, token), zeros, zeros.length);
        result.put(head.element(2, token), zeros, zeros.length);
      }
    }

    /** Leaves the dropped probabilities in block 0, the gradient of the scores in block 1. */
    private void probabilities(
        AttentionHead head, int row, int queries, DropoutMask mask, float[] gradient) {
      VectorMath math = VectorMath.best();
      head.scores(row, queries);
      Gemm.multiply(
          new Gemm.Sizes(queries, head.keys(), shape.size()),
          1,
          Matrix.of(upstream.at(head.contextElement(row)), shape.hidden()),
          Matrix.transposed(head.value().address(), 3 * shape.hidden()),
          0,
          Matrix.of(head.block(1), shape.seq()));
      for (int q = 0; q < queries; q++) {
        float[] probabilities = head.probabilities(row + q, q);
        head.second(q, gradient);
        if (mask != null) {
          math.drop(gradient, mask, head.element(row + q), head.keys());
        }
        math.softmaxGradient(probabilities, gradient, head.scale(), head.keys());
        head.keepSecond(q, gradient);
        if (mask != null) {
          math.drop(probabilities, mask, head.element(row + q), head.keys());
        }
        head.keep(q, probabilities);
      }
    }

    private void products(AttentionHead head, int row, int queries) {
      int stride = 3 * shape.hidden();
      float keep = row == 0 ? 0 : 1;
      Gemm.multiply(
          new Gemm.Sizes(head.keys(), shape.size(), queries),
          1,
          Matrix.transposed(head.block(0), shape.seq()),
          Matrix.of(upstream.at(head.contextElement(row)), shape.hidden()),
          keep,
          Matrix.of(result.at(head.element(2, 0)), stride));
      Gemm.multiply(
          new Gemm.Sizes(queries, shape.size(), head.keys()),
          1,
          Matrix.of(head.block(1), shape.seq()),
          head.key(),
          0,
          Matrix.of(result.at(head.element(0, row)), stride));
      Gemm.multiply(
          new Gemm.Sizes(head.keys(), shape.size(), queries),
          1,
          Matrix.transposed(head.block(1), shape.seq()),
          head.query(row),
          keep,
          Matrix.of(result.at(head.element(1, 0)), stride));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw notTwice("attention");
  }
}
