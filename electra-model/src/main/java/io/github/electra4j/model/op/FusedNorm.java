package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.DropoutMask;
import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import io.github.electra4j.model.compute.VectorMath.NormParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * LayerNorm of a sum, then dropout: {@code gamma[width], beta[width], summand[rows, width]… ->
 * [rows, width]}, and the seed last if there is dropout. The second output is the sum, for the
 * derivative.
 */
public final class FusedNorm extends JavaOp {
  private static final String NAME = "electra_norm";
  private static final int SUMMANDS = 0;
  private static final int SITE = 1;

  /** For SameDiff only. */
  public FusedNorm() {}

  private FusedNorm(SameDiff sd, SDVariable[] inputs, int summands) {
    super(NAME, sd, inputs);
    addIArgument(summands);
  }

  /**
   * Adds the operation to the graph.
   *
   * @param summands added in this order, each [rows, width]
   * @param dropout on the normalised values
   */
  public static SDVariable build(
      SDVariable gamma, SDVariable beta, List<SDVariable> summands, Optional<DropoutSite> dropout) {
    List<SDVariable> inputs = new ArrayList<>(List.of(gamma, beta));
    inputs.addAll(summands);
    dropout.ifPresent(site -> inputs.add(site.seed()));
    FusedNorm op =
        new FusedNorm(gamma.getSameDiff(), inputs.toArray(SDVariable[]::new), summands.size());
    dropout.ifPresent(
        site -> {
          op.addIArgument(site.number());
          op.addTArgument(site.rate());
        });
    return op.outputVariables()[0];
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  public int getNumOutputs() {
    return 2;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    return List.of(like(inputs[2]), like(inputs[2]));
  }

  private int summands() {
    return getIArgument(SUMMANDS).intValue();
  }

  private boolean hasDropout() {
    return numTArguments() == 1;
  }

  @Override
  public Runnable bind(Operands operands) {
    return new Bound(operands, this);
  }

  private static final class Bound implements Runnable {
    private final FusedNorm op;
    private final Operands operands;
    private final FloatMemory[] summands;
    private final FloatMemory output;
    private final FloatMemory sums;
    private final int width;
    private final List<Tile> bands;
    private final float[][] rows;
    private final NormParameters parameters;

    private Bound(Operands operands, FusedNorm op) {
      this.op = op;
      this.operands = operands;
      this.summands = new FloatMemory[op.summands()];
      for (int i = 0; i < summands.length; i++) {
        summands[i] = operands.input(2 + i);
      }
      this.output = operands.output(0);
      this.sums = operands.output(1);
      this.width = output.size(1);
      this.bands = Tile.bands(output.size(0), width);
      this.rows = new float[2 * operands.workers()][width];
      this.parameters = new NormParameters(new float[width], new float[width]);
    }

    @Override
    public void run() {
      operands.input(0).get(0, parameters.gamma(), width);
      operands.input(1).get(0, parameters.beta(), width);
      DropoutMask mask =
          op.hasDropout()
              ? DropoutSite.mask(
                  operands.array(2 + summands.length), op.getIArgument(SITE), op.getTArgument(0))
              : null;
      Team.run(
          bands.size(),
          operands.workers(),
          (index, worker) -> compute(bands.get(index), mask, worker));
    }

    private void compute(Tile band, DropoutMask mask, int worker) {
      VectorMath math = VectorMath.best();
      float[] row = rows[2 * worker];
      float[] other = rows[2 * worker + 1];
      for (int r = band.row(); r < band.row() + band.rows(); r++) {
        long at = (long) r * width;
        summands[0].get(at, row, width);
        for (int i = 1; i < summands.length; i++) {
          summands[i].get(at, other, width);
          math.add(row, other, width);
        }
        if (sums != null) {
          sums.put(at, row, width);
        }
        math.normalise(row, parameters, row, width);
        if (mask != null) {
          math.drop(row, mask, at, width);
        }
        output.put(at, row, width);
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] in = args();
    int seed = 2 + summands();
    Optional<DropoutSite> dropout =
        hasDropout()
            ? Optional.of(new DropoutSite(in[seed], getIArgument(SITE), getTArgument(0)))
            : Optional.empty();
    SDVariable sum = summands() == 1 ? in[2] : outputVariables()[1];
    NormGradient.Output norm =
        NormGradient.build(sum, in[0], gradients.get(0), NormGradient.Place.AFTER, dropout);
    List<SDVariable> result = new ArrayList<>(List.of(norm.gamma(), norm.beta()));
    for (int i = 0; i < summands(); i++) {
      result.add(norm.sum());
    }
    if (hasDropout()) {
      result.add(sameDiff.zerosLike(in[seed]));
    }
    return result;
  }
}
