package io.github.electra4j.model.op;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * A SameDiff operation whose forward pass is Java: SameDiff keeps its place in the graph and its
 * derivative, an execution plan calls {@link #bind} once and then what it returned in every run.
 * The stock sessions of SameDiff cannot run it.
 *
 * <p>SameDiff re-creates operations by name when it builds a gradient graph, so that every subclass
 * has a public constructor without arguments, keeps its parameters in the integer and
 * floating-point argument lists, and is registered in {@link JavaOps}.
 */
public abstract class JavaOp extends DynamicCustomOp {

  /** For SameDiff, which re-creates the operation and fills its arguments in. */
  protected JavaOp() {}

  /** An operation of a graph under construction. */
  protected JavaOp(String name, SameDiff sd, SDVariable... inputs) {
    super(name, sd, inputs);
  }

  /** Makes SameDiff able to re-create the operation by its name. */
  static void register(JavaOp prototype) {
    ImportClassMapping.getOpNameMapping().put(prototype.opName(), prototype);
  }

  /**
   * Prepares the operation for arrays that stay the same from run to run, while their content
   * changes.
   *
   * @return computes the outputs from the inputs; outputs and scratch arrive uninitialised
   */
  public abstract Runnable bind(Operands operands);

  /** Shape and type of every output for such inputs, whose content may not be read. */
  public abstract List<LongShapeDescriptor> outputShapes(INDArray[] inputs);

  /**
   * Number of FLOAT elements of scratch space that a run needs.
   *
   * @param workers most threads that may share the work
   */
  public long scratchFloats(INDArray[] inputs, int workers) {
    return 0;
  }

  /** Whether {@link #bind}'s result multiplies matrices, with BLAS kept to the calling thread. */
  public boolean usesBlas() {
    return false;
  }

  @Override
  public abstract String opName();

  @Override
  public final List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
    return outputShapes(context.getInputArrays().toArray(INDArray[]::new));
  }

  @Override
  public long opHash() {
    return 0;
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  public Map<String, Object> propertiesForFunction() {
    return Map.of();
  }

  /** The type of the first input for every output. */
  @Override
  public List<DataType> calculateOutputDataTypes(List<DataType> inputTypes) {
    return java.util.Collections.nCopies(getNumOutputs(), inputTypes.get(0));
  }

  /** The descriptor of an array shaped and typed as {@code array}. */
  static LongShapeDescriptor like(INDArray array) {
    return LongShapeDescriptor.fromShape(array.shape(), array.dataType());
  }

  /** The error of a derivative of a derivative. */
  static UnsupportedOperationException notTwice(String operation) {
    return new UnsupportedOperationException(
        "The second derivative of %s is not defined; differentiate once only".formatted(operation));
  }
}
