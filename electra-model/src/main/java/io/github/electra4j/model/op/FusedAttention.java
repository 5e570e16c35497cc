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
 *
 * <p>Of packed sequences there is {@code starts[batch + 1]} instead of the adder: sequence {@code
 * b} has the rows {@code starts[b]} to {@code starts[b + 1]}, and all of them are keys. The
 * contexts of rows after the last sequence are 0.
 */
public final class FusedAttention extends JavaOp {
  private static final String NAME = "electra_attention";
  private static final int SITE = 3;

  /** For SameDiff only. */
  public FusedAttention() {}

  private FusedAttention(SameDiff sd, List<SDVariable> inputs, AttentionSettings settings) {
    super(NAME, sd, inputs.toArray(SDVariable[]::new));
    settings.addTo(this);
  }

  /**
   * Attention over sequences of one length.
   *
   * @param adder what is added to the scores, see AttentionPattern
   * @param dropout on the probabilities
   */
  public static Builder padded(SDVariable adder, int heads, Optional<DropoutSite> dropout) {
    return new Builder(adder, 0, heads, dropout);
  }

  /**
   * Attention over packed sequences.
   *
   * @param starts INT [batch + 1]
   * @param longest no sequence has more tokens
   * @param dropout on the probabilities
   */
  public static Builder packed(
      SDVariable starts, int longest, int heads, Optional<DropoutSite> dropout) {
    return new Builder(starts, longest, heads, dropout);
  }

  /**
   * An attention that lacks only its queries, keys and values.
   *
   * @param keys the adder or the starts
   * @param longest 0 for padded sequences
   */
  public record Builder(SDVariable keys, int longest, int heads, Optional<DropoutSite> dropout) {

    /** Adds the operation to the graph: {@code qkv [tokens, 3·hidden] -> [tokens, hidden]}. */
    public SDVariable build(SDVariable queryKeyValue) {
      return build(List.of(queryKeyValue, keys), false);
    }

    /**
     * Adds the operation with one query per sequence.
     *
     * @param query [batch, hidden]
     * @param keyValue [tokens, 2·hidden]
     */
    public SDVariable build(SDVariable query, SDVariable keyValue) {
      return build(List.of(query, keyValue, keys), true);
    }

    private SDVariable build(List<SDVariable> arrays, boolean split) {
      List<SDVariable> inputs = new ArrayList<>(arrays);
      dropout.ifPresent(site -> inputs.add(site.seed()));
      FusedAttention op =
          new FusedAttention(
              keys.getSameDiff(), inputs, new AttentionSettings(heads, split, longest));
      dropout.ifPresent(
          site -> {
            op.addIArgument(site.number());
            op.addTArgument(site.rate());
          });
      return op.outputVariable();
    }
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    long[] first = inputs[0].shape();
    long[] shape = {first[0], settings().split() ? first[1] : first[1] / 3};
    return List.of(LongShapeDescriptor.fromShape(shape, DataType.FLOAT));
  }

  private AttentionSettings settings() {
    return AttentionSettings.of(this);
  }

  @Override
  public long scratchFloats(INDArray[] inputs, int workers) {
    return workers * AttentionHead.Shape.of(inputs, settings()).blockFloats();
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
      this.shape = AttentionHead.Shape.of(operands.inputs(), op.settings());
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
                  operands.array(op.settings().keys() + 1),
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
          (index, worker) -> compute(index, mask, heads[worker]));
    }

    private void clearRest(int firstRow) {
      float[] zeros = new float[shape.hidden()];
      for (int row = firstRow; row < shape.tokens() && !shape.split(); row++) {
        context.put((long) row * zeros.length, zeros, zeros.length);
      }
    }

    private void compute(int index, DropoutMask mask, AttentionHead head) {
      head.enter(index);
      VectorMath math = VectorMath.best();
      for (int row = 0; row < head.queries(); row += AttentionHead.QUERIES) {
        int queries = Math.min(AttentionHead.QUERIES, head.queries() - row);
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
            ? Optional.of(
                new DropoutSite(arg(settings().keys() + 1), getIArgument(SITE), getTArgument(0)))
            : Optional.empty();
    int keys = settings().keys();
    List<SDVariable> arrays = List.of(args()).subList(0, keys + 1);
    SDVariable[] ofParts = AttentionGradient.build(arrays, gradients.get(0), settings(), dropout);
    List<SDVariable> result = new ArrayList<>(List.of(ofParts));
    for (int input = keys; input < args().length; input++) {
      result.add(sameDiff.zerosLike(arg(input)));
    }
    return result;
  }
}
