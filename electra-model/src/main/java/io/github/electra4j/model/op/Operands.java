package io.github.electra4j.model.op;

import io.github.electra4j.model.compute.FloatMemory;
import io.github.electra4j.model.compute.Team;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays that an operation is bound to for the life of a plan.
 *
 * @param inputs in the order of the operation's arguments
 * @param outputs in the order of its outputs; null where nobody reads the output
 * @param scratch FLOAT space for the duration of one run, of {@link JavaOp#scratchFloats} elements;
 *     null if none was asked for
 * @param workers most threads that may share the work
 */
public record Operands(INDArray[] inputs, INDArray[] outputs, INDArray scratch, int workers) {

  /** An operation's inputs and outputs on as many threads as the team has now. */
  public static Operands of(INDArray[] inputs, INDArray[] outputs, INDArray scratch) {
    return new Operands(inputs, outputs, scratch, Team.threads());
  }

  /** Number of inputs. */
  int inputCount() {
    return inputs.length;
  }

  /** An input of any type. */
  INDArray array(int input) {
    return inputs[input];
  }

  /** The memory of a FLOAT input. */
  FloatMemory input(int index) {
    return FloatMemory.of(inputs[index]);
  }

  /** Whether anybody reads an output. */
  boolean wants(int output) {
    return outputs[output] != null;
  }

  /** The memory of a FLOAT output, or null where nobody reads it. */
  FloatMemory output(int index) {
    return outputs[index] == null ? null : FloatMemory.of(outputs[index]);
  }

  /** Address of the scratch space. */
  long scratchAddress() {
    return FloatMemory.of(scratch).at(0);
  }
}
