package io.github.electra4j.model.graph;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * A SameDiff operation whose forward pass is Java: SameDiff keeps its place in the graph and its
 * derivative, {@link io.github.electra4j.model.execution.ExecutionPlan} calls {@link #execute}. The
 * stock sessions of SameDiff cannot run it.
 *
 * <p>SameDiff re-creates operations by name when it builds a gradient graph, so that every subclass
 * has a public constructor without arguments, keeps its parameters in the integer and
 * floating-point argument lists, and is registered with {@link #register}.
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

  /** Computes the outputs of {@code context} from its inputs; outputs arrive uninitialised. */
  public abstract void execute(OpContext context);

  /** Shape and type of the single output for the inputs of {@code context}. */
  protected abstract LongShapeDescriptor outputShape(OpContext context);

  @Override
  public abstract String opName();

  @Override
  public final List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
    return List.of(outputShape(context));
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

  /** The type of the first input, which all of our operations pass on. */
  @Override
  public List<DataType> calculateOutputDataTypes(List<DataType> inputTypes) {
    return List.of(inputTypes.get(0));
  }
}
