package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
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
 * Dense layers side by side on one input, with bias and optionally GELU: {@code x[rows, in],
 * (kernel[in, out], bias[out])… -> [rows, Σ out]}. Products are added to the bias.
 *
 * <p>With GELU there is a second output, the values before it, for the derivative; in inference
 * nobody reads it and it is not written.
 */
public final class FusedDense extends JavaOp {
  private static final String NAME = "electra_dense";
  private static final int GELU = 0;
  private static final int TRANSPOSED = 1;

  /** For SameDiff only. */
  public FusedDense() {}

  private FusedDense(SameDiff sd, SDVariable[] inputs, boolean gelu, boolean transposed) {
    super(NAME, sd, inputs);
    addIArgument(gelu ? 1 : 0, transposed ? 1 : 0);
  }

  /**
   * Layers without activation.
   *
   * @param kernelsAndBiases kernel [in, out] and bias [out] of each layer
   */
  public static SDVariable plain(SDVariable input, SDVariable... kernelsAndBiases) {
    return build(input, false, false, kernelsAndBiases);
  }

  /** One layer followed by GELU. */
  public static SDVariable gelu(SDVariable input, SDVariable kernel, SDVariable bias) {
    return build(input, true, false, kernel, bias);
  }

  /** One layer whose kernel is given as {@code [out, in]}, as an embedding table is. */
  public static SDVariable transposed(SDVariable input, SDVariable kernel, SDVariable bias) {
    return build(input, false, true, kernel, bias);
  }

  private static SDVariable build(
      SDVariable input, boolean gelu, boolean transposed, SDVariable... kernelsAndBiases) {
    List<SDVariable> inputs = new ArrayList<>(List.of(kernelsAndBiases));
    inputs.add(0, input);
    return new FusedDense(input.getSameDiff(), inputs.toArray(SDVariable[]::new), gelu, transposed)
        .outputVariables()[0];
  }

  @Override
  public String opName() {
    return NAME;
  }

  private boolean isGelu() {
    return getIArgument(GELU) == 1;
  }

  private boolean isTransposed() {
    return getIArgument(TRANSPOSED) == 1;
  }

  @Override
  public int getNumOutputs() {
    return isGelu() ? 2 : 1;
  }

  @Override
  public List<LongShapeDescriptor> outputShapes(INDArray[] inputs) {
    long width = 0;
    for (INDArray kernel : kernels(inputs)) {
      width += Kernels.out(kernel, isTransposed());
    }
    LongShapeDescriptor shape =
        LongShapeDescriptor.fromShape(new long[] {inputs[0].shape()[0], width}, DataType.FLOAT);
    return java.util.Collections.nCopies(getNumOutputs(), shape);
  }

  private static INDArray[] kernels(INDArray[] inputs) {
    INDArray[] kernels = new INDArray[inputs.length / 2];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = inputs[1 + 2 * i];
    }
    return kernels;
  }

  @Override
  public boolean usesBlas() {
    return true;
  }

  @Override
  public Runnable bind(Operands operands) {
    return new Bound(operands, isGelu(), isTransposed());
  }

  private static final class Bound implements Runnable {
    private final FloatMemory input;
    private final Kernels kernels;
    private final FloatMemory[] biases;
    private final FloatMemory output;
    private final FloatMemory before;
    private final boolean gelu;
    private final List<Tile> tiles;
    private final int workers;
    private final float[][] rows;
    private final float[] bias;

    private Bound(Operands operands, boolean gelu, boolean transposed) {
      this.input = operands.input(0);
      this.kernels = new Kernels(kernels(operands.inputs()), transposed);
      this.biases = new FloatMemory[kernels.count()];
      for (int i = 0; i < biases.length; i++) {
        biases[i] = operands.input(2 + 2 * i);
      }
      this.output = operands.output(0);
      this.before = gelu ? operands.output(1) : null;
      this.gelu = gelu;
      this.workers = operands.workers();
      this.tiles = Tile.of(input.size(0), kernels.width());
      int widest = tiles.stream().mapToInt(Tile::columns).max().orElse(0);
      this.rows = new float[workers][widest];
      this.bias = new float[kernels.width()];
    }

    @Override
    public void run() {
      float[] part = new float[bias.length];
      for (int k = 0; k < biases.length; k++) {
        biases[k].get(0, part, kernels.width(k));
        System.arraycopy(part, 0, bias, kernels.start(k), kernels.width(k));
      }
      Team.run(tiles.size(), workers, (index, worker) -> compute(tiles.get(index), worker));
    }

    private void compute(Tile tile, int worker) {
      VectorMath math = VectorMath.best();
      int n = tile.columns();
      FloatMemory product = before == null ? output : before;
      float[] row = rows[worker];
      System.arraycopy(bias, tile.column(), row, 0, n);
      for (int r = tile.row(); r < tile.row() + tile.rows(); r++) {
        product.put((long) r * kernels.width() + tile.column(), row, n);
      }
      kernels.multiply(tile, input, input.size(1), product);
      if (gelu) {
        for (int r = tile.row(); r < tile.row() + tile.rows(); r++) {
          long at = (long) r * kernels.width() + tile.column();
          product.get(at, row, n);
          math.gelu(row, row, n);
          output.put(at, row, n);
        }
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] inputs = args();
    SDVariable gradient = gradients.get(0);
    if (isGelu()) {
      gradient = GeluGradient.build(outputVariables()[1], gradient);
    }
    SDVariable[] kernels = new SDVariable[inputs.length / 2];
    Arrays.setAll(kernels, i -> inputs[1 + 2 * i]);
    return List.of(DenseGradient.build(inputs[0], gradient, isTransposed(), kernels));
  }
}
