package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.DropoutMask;
import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import io.github.electra4j.model.compute.VectorMath.NormParameters;
import io.github.electra4j.model.compute.VectorMath.NormSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Through a LayerNorm and the dropout beside it: {@code sum[rows, width], gamma[width], dy[rows,
 * width] -> dsum, dgamma, dbeta}, and where the dropout was before the sum, the gradient of what
 * was dropped.
 */
public final class NormGradient extends JavaOp {
  private static final String NAME = "electra_norm_gradient";

  /** For SameDiff only. */
  public NormGradient() {}

  /** Where the dropout is. */
  enum Place {
    /** On one of the summands. */
    BEFORE,
    /** On the normalised values. */
    AFTER
  }

  /**
   * Gradients.
   *
   * @param sum of what was normalised
   * @param dropped of the summand before its dropout
   */
  record Output(SDVariable sum, SDVariable gamma, SDVariable beta, SDVariable dropped) {}

  private NormGradient(SameDiff sd, SDVariable[] inputs, Place place) {
    super(NAME, sd, inputs);
    addIArgument(place == Place.BEFORE ? 1 : 0);
  }

  static Output build(
      SDVariable sum,
      SDVariable gamma,
      SDVariable gradient,
      Place place,
      Optional<DropoutSite> dropout) {
    List<SDVariable> inputs = new ArrayList<>(List.of(sum, gamma, gradient));
    dropout.ifPresent(site -> inputs.add(site.seed()));
    NormGradient op = new NormGradient(sum.getSameDiff(), inputs.toArray(SDVariable[]::new), place);
    dropout.ifPresent(
        site -> {
          op.addIArgument(site.number());
          op.addTArgument(site.rate());
        });
    SDVariable[] out = op.outputVariables();
    return new Output(out[0], out[1], out[2], op.dropsBefore() ? out[3] : out[0]);
  }

  @Override
  public String opName() {
    return NAME;
  }

  private boolean hasDropout() {
    return numTArguments() == 1;
  }

  private boolean dropsBefore() {
    return hasDropout() && getIArgument(0) == 1;
  }

  @Override
  public int getNumOutputs() {
    return dropsBefore() ? 4 : 3;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    List<LongShapeDescriptor> shapes =
        new ArrayList<>(List.of(like(inputs[0]), like(inputs[1]), like(inputs[1])));
    if (dropsBefore()) {
      shapes.add(like(inputs[0]));
    }
    return shapes;
  }

  @Override
  public Runnable bind(Operands operands) {
    return new Bound(operands, this);
  }

  private static final class Bound implements Runnable {
    private final NormGradient op;
    private final Operands operands;
    private final FloatMemory sum;
    private final FloatMemory gradient;
    private final FloatMemory sumGradient;
    private final FloatMemory droppedGradient;
    private final int width;
    private final List<Tile> bands;
    private final float[][] rows;
    private final NormParameters parameters;
    private final NormSums[] partial;

    private Bound(Operands operands, NormGradient op) {
      this.op = op;
      this.operands = operands;
      this.sum = operands.input(0);
      this.gradient = operands.input(2);
      this.sumGradient = operands.output(0);
      this.droppedGradient = op.dropsBefore() ? operands.output(3) : null;
      this.width = sum.size(1);
      this.bands = Tile.bands(sum.size(0), width);
      this.rows = new float[2 * operands.workers()][width];
      this.parameters = new NormParameters(new float[width], new float[0]);
      this.partial = new NormSums[bands.size()];
      Arrays.setAll(partial, i -> NormSums.zeros(width));
    }

    @Override
    public void run() {
      operands.input(1).get(0, parameters.gamma(), width);
      DropoutMask mask =
          op.hasDropout()
              ? DropoutSite.mask(operands.array(3), op.getIArgument(1), op.getTArgument(0))
              : null;
      Team.run(bands.size(), operands.workers(), (index, worker) -> compute(index, mask, worker));
      NormSums total = NormSums.zeros(width);
      for (NormSums part : partial) {
        VectorMath.best().add(total.gamma(), part.gamma(), width);
        VectorMath.best().add(total.beta(), part.beta(), width);
      }
      put(operands.output(1), total.gamma());
      put(operands.output(2), total.beta());
    }

    private static void put(FloatMemory memory, float[] values) {
      if (memory != null) {
        memory.put(0, values, values.length);
      }
    }

    private void compute(int index, DropoutMask mask, int worker) {
      VectorMath math = VectorMath.best();
      Tile band = bands.get(index);
      NormSums sums = partial[index];
      Arrays.fill(sums.gamma(), 0);
      Arrays.fill(sums.beta(), 0);
      float[] x = rows[2 * worker];
      float[] dy = rows[2 * worker + 1];
      for (int r = band.row(); r < band.row() + band.rows(); r++) {
        long at = (long) r * width;
        sum.get(at, x, width);
        gradient.get(at, dy, width);
        if (mask != null && !op.dropsBefore()) {
          math.drop(dy, mask, at, width);
        }
        math.normaliseGradient(x, parameters, dy, sums, width);
        if (sumGradient != null) {
          sumGradient.put(at, dy, width);
        }
        if (droppedGradient != null) {
          math.drop(dy, mask, at, width);
          droppedGradient.put(at, dy, width);
        }
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw notTwice("LayerNorm");
  }
}
