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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Multi-head scaled dot-product attention on query, key and value side by side: {@code qkv[tokens,
 * 3·hidden], adder[batch, 1, 1 or seq, seq] -> context[tokens, hidden]}, and the seed if there is
 * dropout. Heads are read where they stand, without a transposition; of the probabilities there is
 * only a block of query rows per thread at a time, so that memory does not grow with seq².
 *
 * <p>With one query per sequence the inputs begin with {@code query[batch, hidden], kv[tokens,
 * 2·hidden]} instead of {@code qkv}, and the context is [batch, hidden].
 */
public final class FusedAttention extends JavaOp {
  private static final String NAME = "electra_attention";
  private static final int SPLIT = 1;
  private static final int SITE = 2;

  /** For SameDiff only. */
  public FusedAttention() {}

  private FusedAttention(SameDiff sd, List<SDVariable> inputs, int heads, boolean split) {
    super(NAME, sd, inputs.toArray(SDVariable[]::new));
    addIArgument(heads, split ? 1 : 0);
  }

  /**
   * Adds the operation to the graph.
   *
   * @param adder what is added to the scores, see AttentionPattern
   * @param dropout on the probabilities
   */
  public static SDVariable build(
      SDVariable queryKeyValue, SDVariable adder, int heads, Optional<DropoutSite> dropout) {
    return build(List.of(queryKeyValue, adder), heads, false, dropout);
  }

  /**
   * Adds the operation with one query per sequence.
   *
   * @param query [batch, hidden]
   * @param keyValue [tokens, 2·hidden]
   * @param adder the same for every query, [batch, 1, 1, seq]
   * @param dropout on the probabilities
   */
  public static SDVariable build(
      SDVariable query,
      SDVariable keyValue,
      SDVariable adder,
      int heads,
      Optional<DropoutSite> dropout) {
    return build(List.of(query, keyValue, adder), heads, true, dropout);
  }

  private static SDVariable build(
      List<SDVariable> arrays, int heads, boolean split, Optional<DropoutSite> dropout) {
    List<SDVariable> inputs = new ArrayList<>(arrays);
    dropout.ifPresent(site -> inputs.add(site.seed()));
    FusedAttention op = new FusedAttention(arrays.get(0).getSameDiff(), inputs, heads, split);
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
    long[] first = inputs[0].shape();
    long[] shape = {first[0], isSplit() ? first[1] : first[1] / 3};
    return List.of(LongShapeDescriptor.fromShape(shape, DataType.FLOAT));
  }

  private boolean isSplit() {
    return getIArgument(SPLIT) == 1;
  }

  /** Position of the adder among the inputs; the seed is the next. */
  private int adder() {
    return isSplit() ? 2 : 1;
  }

  @Override
  public long scratchFloats(INDArray[] inputs, int workers) {
    return workers * AttentionHead.blockFloats(inputs[adder()]);
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
    private final FusedAttention op;
    private final Operands operands;
    private final FloatMemory context;
    private final AttentionHead.Shape shape;
    private final AttentionHead[] heads;

    private Bound(Operands operands, FusedAttention op) {
      this.op = op;
      this.operands = operands;
      this.context = operands.output(0);
      this.shape = AttentionHead.Shape.of(operands, op.getIArgument(0).intValue(), op.isSplit());
      this.heads = new AttentionHead[operands.workers()];
      for (int worker = 0; worker < heads.length; worker++) {
        heads[worker] = new AttentionHead(operands, shape, worker);
      }
    }

    @Override
    public void run() {
      DropoutMask mask =
          op.hasDropout()
              ? DropoutSite.mask(
                  operands.array(op.adder() + 1), op.getIArgument(SITE), op.getTArgument(0))
              : null;
      Team.run(
          shape.batch() * shape.heads(),
          operands.workers(),
          (index, worker) -> compute(index, mask, heads[worker]));
    }

    private void compute(int index, DropoutMask mask, AttentionHead head) {
      head.enter(index);
      VectorMath math = VectorMath.best();
      for (int row = 0; row < shape.queries(); row += AttentionHead.QUERIES) {
        int queries = Math.min(AttentionHead.QUERIES, shape.queries() - row);
        head.scores(row, queries);
        for (int q = 0; q < queries; q++) {
          float[] probabilities = head.probabilities(row + q, q);
          if (mask != null) {
            math.drop(probabilities, mask, head.element(row + q), head.keys());
          }
          head.keep(q, probabilities);
        }
        Gemm.multiply(
            new Gemm.Sizes(queries, shape.size(), head.keys()),
            1,
            Matrix.of(head.block(0), shape.seq()),
            head.value(),
            0,
            Matrix.of(context.at(head.contextElement(row)), shape.hidden()));
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    Optional<DropoutSite> dropout =
        hasDropout()
            ? Optional.of(new DropoutSite(arg(adder() + 1), getIArgument(SITE), getTArgument(0)))
            : Optional.empty();
    List<SDVariable> arrays = List.of(args()).subList(0, adder() + 1);
    SDVariable[] ofParts =
        AttentionGradient.build(arrays, gradients.get(0), getIArgument(0).intValue(), dropout);
    List<SDVariable> result = new ArrayList<>(List.of(ofParts));
    for (int input = adder(); input < args().length; input++) {
      result.add(sameDiff.zerosLike(arg(input)));
    }
    return result;
  }
}
