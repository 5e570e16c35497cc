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
 * Through {@link FusedAttention}: {@code qkv, adder, dcontext[tokens, hidden] -> dqkv}, or {@code
 * query, kv, adder, dcontext[batch, hidden] -> dquery, dkv}, and the seed if there is dropout. The
 * probabilities are computed again, a block of queries at a time, and so is the dropout mask.
 * Packed sequences have starts instead of the adder, as there.
 */
public final class AttentionGradient extends JavaOp {
  private static final String NAME = "electra_attention_gradient";
  private static final int SITE = 3;

  /** For SameDiff only. */
  public AttentionGradient() {}

  private AttentionGradient(SameDiff sd, List<SDVariable> inputs, AttentionSettings settings) {
    super(NAME, sd, inputs.toArray(SDVariable[]::new));
    settings.addTo(this);
  }

  /**
   * Adds the operation to the graph.
   *
   * @param arrays the inputs of the attention up to the adder or the starts
   * @return the gradients of all but the last
   */
  static SDVariable[] build(
      List<SDVariable> arrays,
      SDVariable gradient,
      AttentionSettings settings,
      Optional<DropoutSite> dropout) {
    List<SDVariable> inputs = new ArrayList<>(arrays);
    inputs.add(gradient);
    dropout.ifPresent(site -> inputs.add(site.seed()));
    AttentionGradient op = new AttentionGradient(gradient.getSameDiff(), inputs, settings);
    dropout.ifPresent(
        site -> {
          op.addIArgument(site.number());
          op.addTArgument(site.rate());
        });
    return op.outputVariables();
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    return settings().split()
        ? List.of(like(inputs[0]), like(inputs[1]))
        : List.of(like(inputs[0]));
  }

  @Override
  public int getNumOutputs() {
    return settings().split() ? 2 : 1;
  }

  private AttentionSettings settings() {
    return AttentionSettings.of(this);
  }

  @Override
  public long scratchFloats(INDArray[] inputs, int workers) {
    return 2L * workers * AttentionHead.Shape.of(inputs, settings()).blockFloats();
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
    private final FloatMemory[] results;
    private final AttentionHead.Shape shape;
    private final AttentionHead[] heads;
    private final float[][] rows;

    private Bound(Operands operands, AttentionGradient op) {
      this.op = op;
      this.operands = operands;
      this.upstream = operands.input(op.settings().keys() + 1);
      this.shape = AttentionHead.Shape.of(operands.inputs(), op.settings());
      this.results = new FloatMemory[] {result(0), result(1), result(2)};
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
              ? DropoutSite.mask(
                  operands.array(op.settings().keys() + 2),
                  op.getIArgument(SITE),
                  op.getTArgument(0))
              : null;
      int[] starts = shape.starts(operands.array(op.settings().keys()));
      clearRest(starts[shape.batch()]);
      for (AttentionHead head : heads) {
        head.begin(starts);
      }
      Team.run(
          shape.batch() * shape.heads(),
          operands.workers(),
          (index, worker) -> {
            heads[worker].enter(index);
            clearPadding(heads[worker]);
            for (int row = 0; row < heads[worker].queries(); row += AttentionHead.QUERIES) {
              int queries = Math.min(AttentionHead.QUERIES, heads[worker].queries() - row);
              probabilities(heads[worker], row, queries, mask, rows[worker]);
              products(heads[worker], row, queries);
            }
          });
    }

    private FloatMemory result(int part) {
      return operands.output(shape.split() && part > 0 ? 1 : 0);
    }

    /** The gradient of a part of a head from a token on; it lies as the part itself does. */
    private Matrix gradient(AttentionHead head, int part, int token) {
      return Matrix.of(results[part].at(head.element(part, token)), head.stride(part));
    }

    /** Rows after the last packed sequence have no gradient. */
    private void clearRest(int firstRow) {
      float[] zeros = new float[shape.hidden() * (shape.split() ? 2 : 3)];
      for (int row = firstRow; row < shape.tokens(); row++) {
        results[1].put((long) row * zeros.length, zeros, zeros.length);
      }
    }

    /** Keys and values beyond the last real token have no gradient. */
    private void clearPadding(AttentionHead head) {
      float[] zeros = new float[shape.size()];
      for (int token = head.keys(); token < head.length(); token++) {
        results[1].put(head.element(1, token), zeros, zeros.length);
        results[2].put(head.element(2, token), zeros, zeros.length);
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
          head.value().flipped(),
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
      float keep = row == 0 ? 0 : 1;
      Gemm.multiply(
          new Gemm.Sizes(head.keys(), shape.size(), queries),
          1,
          Matrix.transposed(head.block(0), shape.seq()),
          Matrix.of(upstream.at(head.contextElement(row)), shape.hidden()),
          keep,
          gradient(head, 2, 0));
      Gemm.multiply(
          new Gemm.Sizes(queries, shape.size(), head.keys()),
          1,
          Matrix.of(head.block(1), shape.seq()),
          head.key(),
          0,
          gradient(head, 0, row));
      Gemm.multiply(
          new Gemm.Sizes(head.keys(), shape.size(), queries),
          1,
          Matrix.transposed(head.block(1), shape.seq()),
          head.query(row),
          keep,
          gradient(head, 1, 0));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw notTwice("attention");
  }
}
