package io.github.electra4j.model.execution;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph bound to one set of input shapes: operations in order, each with its inputs and outputs.
 * A plan belongs to one thread at a time; weights are shared with other plans.
 */
final class ExecutionPlan {
  private final List<Step> steps;
  private final Map<String, INDArray> placeholders;
  private final Map<String, INDArray> outputs;

  /** One operation with its arrays bound. */
  sealed interface Step {
    /** Computes the outputs from the inputs. */
    void run();
  }

  record JavaStep(String name, Runnable bound) implements Step {
    @Override
    public void run() {
      bound.run();
    }
  }

  record CustomStep(CustomOp op, OpContext context) implements Step {
    @Override
    public void run() {
      Nd4j.exec(op, context);
    }
  }

  record LegacyStep(Op op, OpContext context) implements Step {
    @Override
    public void run() {
      Nd4j.exec(op, context);
    }
  }

  ExecutionPlan(
      List<Step> steps, Map<String, INDArray> placeholders, Map<String, INDArray> outputs) {
    this.steps = List.copyOf(steps);
    this.placeholders = Map.copyOf(placeholders);
    this.outputs = Map.copyOf(outputs);
  }

  /** Copies {@code feeds} into the plan's own placeholders and runs every step. */
  void run(Map<String, INDArray> feeds) {
    placeholders.forEach((name, array) -> array.assign(feeds.get(name)));
    for (Step step : steps) {
      step.run();
    }
  }

  /** The requested outputs, valid until the next run of any plan of the same worker. */
  Map<String, INDArray> outputs() {
    return outputs;
  }
}
