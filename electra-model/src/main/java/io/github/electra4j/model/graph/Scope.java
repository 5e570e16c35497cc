package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.JavaOps;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A path in the checkpoint; every trainable variable is named by the path that TensorFlow gave it.
 * Two users of one path share one variable: that is how weights are tied.
 *
 * @param sd the graph under construction
 * @param path the names so far, e.g. {@code electra/encoder/layer_0}; empty at the root
 * @param weights gives the array of a full name
 * @param style what blocks are built of
 */
public record Scope(
    SameDiff sd, String path, Function<String, INDArray> weights, GraphStyle style) {

  /** The root of a new graph over {@code weights}, in the style of ND4J's backend. */
  public static Scope root(Function<String, INDArray> weights) {
    return root(weights, GraphStyle.ofBackend());
  }

  /** The root of a new graph over {@code weights}. */
  public static Scope root(Function<String, INDArray> weights, GraphStyle style) {
    style.requireRunnableOn(Nd4j.getExecutioner().type());
    JavaOps.register();
    SameDiff sd = SameDiff.create();
    // the default holders copy arrays; these keep the very arrays, so that graphs share weights
    sd.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    return new Scope(sd, "", weights, style);
  }

  /** The scope {@code path/child}. */
  public Scope at(String child) {
    return new Scope(sd, join(child), weights, style);
  }

  /** The trainable variable {@code path/leaf}, created on first use. */
  public SDVariable weight(String leaf) {
    String name = join(leaf);
    return sd.hasVariable(name) ? sd.getVariable(name) : sd.var(name, weights.apply(name));
  }

  /** {@code variable}, renamed to {@code path/leaf}, so that a caller can ask for it. */
  public SDVariable named(String leaf, SDVariable variable) {
    return sd.updateVariableNameAndReference(variable, join(leaf));
  }

  /** Whether a block that reads {@code input} is to be a fused operation. */
  boolean isFused(SDVariable input) {
    return fuses(input.dataType());
  }

  /** Whether blocks that read arrays of {@code type} are fused operations. */
  public boolean fuses(DataType type) {
    return style == GraphStyle.FUSED && type == DataType.FLOAT;
  }

  private String join(String leaf) {
    return path.isEmpty() ? leaf : path + "/" + leaf;
  }
}
