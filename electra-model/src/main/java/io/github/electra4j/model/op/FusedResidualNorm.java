package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.DropoutMask;
import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import io.github.electra4j.model.compute.VectorMath.NormParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * The end of both halves of a transformer layer: {@code LayerNorm(dropout(x·kernel + bias) +
 * residual)}, a band of rows at a time while it is in the cache. Inputs {@code x[rows, in],
 * kernel[in, out], bias[out], residual[rows, out], gamma[out], beta[out]} and the seed if there is
 * dropout. The second output is what was normalised, for the derivative.
 */
public final class FusedResidualNorm extends JavaOp {
  private static final String NAME = "electra_residual_norm";

  /** For SameDiff only. */
  public FusedResidualNorm() {}

  private FusedResidualNorm(SameDiff sd, SDVariable[] inputs) {
    super(NAME, sd, inputs);
  }

  /** The layer's parameters. */
  public record Parameters(SDVariable kernel, SDVariable bias, SDVariable gamma, SDVariable beta) {}

  /** {@code input [rows, in], residual [rows, out] -> [rows, out]}. */
  public static SDVariable build(
      SDVariable input, SDVariable residual, Parameters parameters, Optional<DropoutSite> dropout) {
    List<SDVariable> inputs =
        new ArrayList<>(
            List.of(
                input,
                parameters.kernel(),
                parameters.bias(),
                residual,
                parameters.gamma(),
                parameters.beta()));
    dropout.ifPresent(site -> inputs.add(site.seed()));
    FusedResidualNorm op =
        new FusedResidualNorm(input.getSameDiff(), inputs.toArray(SDVariable[]::new));
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
    return List.of(like(inputs[3]), like(inputs[3]));
  }

  @Override
  public boolean usesBlas() {
    return true;
  }

  @Override
  public Runnable bind(Operands operands) {
    return new Bound(operands, this);
  }

  private boolean hasDropout() {
    return numTArguments() == 1;
  }

  private static final class Bound implements Runnable {
    private final FusedResidualNorm op;
    private final Operands operands;
    private final FloatMemory input;
    private final FloatMemory residual;
    private final FloatMemory output;
    private final FloatMemory sums;
    private final Kernels kernels;
    private final List<Tile> bands;
    private final float[][] rows;
    private final float[] bias;
    private final NormParameters parameters;

    private Bound(Operands operands, FusedResidualNorm op) {
      this.op = op;
      this.operands = operands;
      this.input = operands.input(0);
      this.kernels = new Kernels(new INDArray[] {operands.array(1)}, false);
      this.residual = operands.input(3);
      this.output = operands.output(0);
      this.sums = operands.output(1);
      int width = kernels.width();
      this.bands = Tile.bands(input.size(0), width);
      this.rows = new float[2 * operands.workers()][width];
      this.bias = new float[width];
      this.parameters = new NormParameters(new float[width], new float[width]);
    }

    @Override
    public void run() {
      int width = bias.length;
      operands.input(2).get(0, bias, width);
      operands.input(4).get(0, parameters.gamma(), width);
      operands.input(5).get(0, parameters.beta(), width);
      DropoutMask mask =
          op.hasDropout()
              ? DropoutSite.mask(operands.array(6), op.getIArgument(0), op.getTArgument(0))
              : null;
      if (Tile.isShort(input.size(0))) {
        List<Tile> tiles = Tile.of(input.size(0), width);
        Team.run(
            tiles.size(),
            operands.workers(),
            (index, worker) -> multiply(tiles.get(index), worker));
        Team.run(
            bands.size(),
            operands.workers(),
            (index, worker) -> normalise(bands.get(index), mask, worker));
      } else {
        Team.run(
            bands.size(),
            operands.workers(),
            (index, worker) -> {
              multiply(bands.get(index), worker);
              normalise(bands.get(index), mask, worker);
            });
      }
    }

    private void multiply(Tile tile, int worker) {
      float[] row = rows[2 * worker];
      System.arraycopy(bias, tile.column(), row, 0, tile.columns());
      for (int r = tile.row(); r < tile.row() + tile.rows(); r++) {
        output.put((long) r * bias.length + tile.column(), row, tile.columns());
      }
      kernels.multiply(tile, input, input.size(1), output);
    }

    private void normalise(Tile band, DropoutMask mask, int worker) {
      VectorMath math = VectorMath.best();
      int width = bias.length;
      float[] row = rows[2 * worker];
      float[] other = rows[2 * worker + 1];
      for (int r = band.row(); r < band.row() + band.rows(); r++) {
        long at = (long) r * width;
        output.get(at, row, width);
        if (mask != null) {
          math.drop(row, mask, at, width);
        }
        residual.get(at, other, width);
        math.add(row, other, width);
        if (sums != null) {
          sums.put(at, row, width);
        }
        math.normalise(row, parameters, row, width);
        output.put(at, row, width);
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] in = args();
    SDVariable sums = outputVariables()[1];
    Optional<DropoutSite> dropout =
        hasDropout()
            ? Optional.of(new DropoutSite(in[6], getIArgument(0), getTArgument(0)))
            : Optional.empty();
    NormGradient.Output norm =
        NormGradient.build(sums, in[4], gradients.get(0), NormGradient.Place.BEFORE, dropout);
    SDVariable[] dense = DenseGradient.build(in[0], norm.dropped(), false, in[1]);
    List<SDVariable> result =
        new ArrayList<>(
            Arrays.asList(dense[0], dense[1], dense[2], norm.sum(), norm.gamma(), norm.beta()));
    if (hasDropout()) {
      result.add(sameDiff.zerosLike(in[6]));
    }
    return result;
  }
}
