package io.github.electra4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Inverted dropout: an element is dropped with the given probability, a kept one is divided by the
 * keep probability. Whether element {@code i} is kept is a function of (seed, site, i) alone, so
 * that the backward pass repeats the mask without storing it and a run can be repeated from its
 * seed, in any number of threads.
 */
public final class Dropout extends JavaOp {
  private static final String NAME = "electra_dropout";
  private static final int BLOCK = 4096;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** For SameDiff only. */
  public Dropout() {}

  private Dropout(SameDiff sd, SDVariable input, SDVariable seed, long site, double rate) {
    super(NAME, sd, input, seed);
    addIArgument(site);
    addTArgument(rate);
  }

  /**
   * @param seed LONG scalar, another one for every step
   * @param site number of the place in the graph, so that equal shapes get different masks
   * @param rate probability to drop, in (0, 1)
   */
  static SDVariable build(SDVariable input, SDVariable seed, long site, double rate) {
    return new Dropout(input.getSameDiff(), input, seed, site, rate).outputVariable();
  }

  @Override
  public String opName() {
    return NAME;
  }

  @Override
  protected LongShapeDescriptor outputShape(OpContext context) {
    INDArray input = context.getInputArray(0);
    return LongShapeDescriptor.fromShape(input.shape(), input.dataType());
  }

  @Override
  public void execute(OpContext context) {
    INDArray input = context.getInputArray(0);
    INDArray out = context.getOutputArray(0);
    long key = mix(context.getInputArray(1).getLong(0) + GOLDEN_GAMMA * (getIArgument(0) + 1));
    double rate = getTArgument(0);
    if (input.dataType() == DataType.FLOAT) {
      dropFloats(NativeFloats.of(input), NativeFloats.of(out), key, rate);
    } else {
      for (long i = 0; i < input.length(); i++) {
        out.putScalar(i, isKept(key, i, rate) ? input.getDouble(i) / (1 - rate) : 0);
      }
    }
  }

  private static void dropFloats(NativeFloats input, NativeFloats out, long key, double rate) {
    float[] block = new float[BLOCK];
    float scale = (float) (1 / (1 - rate));
    for (int start = 0; start < input.length(); start += BLOCK) {
      int count = Math.min(BLOCK, input.length() - start);
      input.get(start, block, count);
      for (int i = 0; i < count; i++) {
        block[i] = isKept(key, start + i, rate) ? block[i] * scale : 0;
      }
      out.put(start, block, count);
    }
  }

  /** Whether the mask of {@code key} keeps element {@code index}. */
  static boolean isKept(long key, long index, double rate) {
    double uniform = (mix(key + GOLDEN_GAMMA * index) >>> 11) * 0x1.0p-53;
    return uniform >= rate;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long x = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable seed = arg(1);
    SDVariable gradient = build(gradients.get(0), seed, getIArgument(0), getTArgument(0));
    return List.of(gradient, sameDiff.zerosLike(seed));
  }
}
