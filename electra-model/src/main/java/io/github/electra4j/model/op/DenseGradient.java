package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Gemm;
import io.github.electra4j.model.compute.Gemm.Matrix;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Through dense layers side by side: {@code x[rows, in], dy[rows, Σ out], kernel… -> dx, (dkernel,
 * dbias)…}, with {@code dx = Σ dy·kernelᵀ, dkernel = xᵀ·dy} and dbias the column sums of dy.
 */
public final class DenseGradient extends JavaOp {
  private static final String NAME = "electra_dense_gradient";

  /** For SameDiff only. */
  public DenseGradient() {}

  private DenseGradient(SameDiff sd, SDVariable[] inputs, boolean transposed) {
    super(NAME, sd, inputs);
    addIArgument(transposed ? 1 : 0, inputs.length - 2);
  }

  static SDVariable[] build(
      SDVariable input, SDVariable gradient, boolean transposed, SDVariable... kernels) {
    List<SDVariable> inputs = new ArrayList<>(List.of(kernels));
    inputs.addAll(0, List.of(input, gradient));
    return new DenseGradient(input.getSameDiff(), inputs.toArray(SDVariable[]::new), transposed)
        .outputVariables();
  }

  @Override
  public String opName() {
    return NAME;
  }

  private boolean isTransposed() {
    return getIArgument(0) == 1;
  }

  @Override
  public int getNumOutputs() {
    return 1 + 2 * getIArgument(1).intValue();
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    List<LongShapeDescriptor> shapes = new ArrayList<>();
    shapes.add(like(inputs[0]));
    for (INDArray kernel : kernels(inputs)) {
      shapes.add(like(kernel));
      long out = Kernels.out(kernel, isTransposed());
      shapes.add(LongShapeDescriptor.fromShape(new long[] {out}, DataType.FLOAT));
    }
    return shapes;
  }

  private static INDArray[] kernels(INDArray[] inputs) {
    return Arrays.copyOfRange(inputs, 2, inputs.length);
  }

  @Override
  public boolean usesBlas() {
    return true;
  }

  @Override
  public Runnable bind(Operands operands) {
    return new Bound(operands, isTransposed());
  }

  private static final class Bound implements Runnable {
    /** Rows of a partial product: this much of both factors stays in the cache. */
    private static final int INNER = 1024;

    private final FloatMemory input;
    private final FloatMemory gradient;
    private final FloatMemory inputGradient;
    private final Kernels kernels;
    private final boolean transposed;
    private final List<Tile> bands;
    private final List<KernelTile> kernelTiles = new ArrayList<>();
    private final FloatMemory[] biasGradients;
    private final float[][] biasSums;
    private final float[][] rows;
    private final int workers;

    private record KernelTile(int kernel, FloatMemory result, Tile tile) {}

    private Bound(Operands operands, boolean transposed) {
      this.input = operands.input(0);
      this.gradient = operands.input(1);
      this.inputGradient = operands.output(0);
      this.kernels = new Kernels(kernels(operands.inputs()), transposed);
      this.transposed = transposed;
      this.workers = operands.workers();
      this.bands = Tile.bands(input.size(0), kernels.width());
      this.biasGradients = new FloatMemory[kernels.count()];
      for (int k = 0; k < kernels.count(); k++) {
        FloatMemory result = operands.output(1 + 2 * k);
        if (result != null) {
          int kernel = k;
          Tile.acrossLongerSide(result.size(0), result.size(1))
              .forEach(tile -> kernelTiles.add(new KernelTile(kernel, result, tile)));
        }
        biasGradients[k] = operands.output(2 + 2 * k);
      }
      this.biasSums = new float[bands.size()][kernels.width()];
      this.rows = new float[workers][kernels.width()];
    }

    @Override
    public void run() {
      int first = bands.size();
      Team.run(
          first + kernelTiles.size(),
          workers,
          (index, worker) -> {
            if (index < first) {
              throughInput(index, worker);
            } else {
              throughKernel(kernelTiles.get(index - first));
            }
          });
      putBiasGradients();
    }

    private void throughInput(int index, int worker) {
      Tile band = bands.get(index);
      if (inputGradient != null) {
        kernels.multiplyBack(band, gradient, inputGradient, input.size(1));
      }
      VectorMath math = VectorMath.best();
      float[] sums = biasSums[index];
      float[] row = rows[worker];
      Arrays.fill(sums, 0);
      for (int r = band.row(); r < band.row() + band.rows(); r++) {
        gradient.get((long) r * sums.length, row, sums.length);
        math.add(sums, row, sums.length);
      }
    }

    /** Adds partial products over blocks of rows, in order. */
    private void throughKernel(KernelTile work) {
      Tile tile = work.tile();
      int in = input.size(1);
      int out = kernels.width();
      int stride = work.result().size(1);
      Matrix result =
          Matrix.of(work.result().at((long) tile.row() * stride + tile.column()), stride);
      for (int row = 0; row < input.size(0); row += INNER) {
        int inner = Math.min(INNER, input.size(0) - row);
        long x = (long) row * in + (transposed ? tile.column() : tile.row());
        long dy =
            (long) row * out
                + kernels.start(work.kernel())
                + (transposed ? tile.row() : tile.column());
        Gemm.multiply(
            new Gemm.Sizes(tile.rows(), tile.columns(), inner),
            1,
            transposed
                ? Matrix.transposed(gradient.at(dy), out)
                : Matrix.transposed(input.at(x), in),
            transposed ? Matrix.of(input.at(x), in) : Matrix.of(gradient.at(dy), out),
            row == 0 ? 0 : 1,
            result);
      }
    }

    private void putBiasGradients() {
      float[] sum = new float[kernels.width()];
      for (float[] part : biasSums) {
        VectorMath.best().add(sum, part, sum.length);
      }
      for (int k = 0; k < biasGradients.length; k++) {
        if (biasGradients[k] != null) {
          float[] part =
              Arrays.copyOfRange(sum, kernels.start(k), kernels.start(k) + kernels.width(k));
          biasGradients[k].put(0, part, part.length);
        }
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw notTwice("a dense layer");
  }
}
