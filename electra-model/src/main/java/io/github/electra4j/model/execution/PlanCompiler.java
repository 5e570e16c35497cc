package io.github.electra4j.model.execution;

import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.op.JavaOp;
import io.github.electra4j.model.op.Operands;
import io.github.electra4j.model.op.Sum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.impl.shape.ExpandDims;
import org.nd4j.linalg.api.ops.impl.shape.Reshape;
import org.nd4j.linalg.api.ops.impl.shape.Squeeze;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Builds an {@link ExecutionPlan} by running the graph once: shapes that depend on values (a
 * reshape to a computed shape) are then known, and every later run repeats them.
 *
 * <p>A buffer goes back to the arena after the last operation that reads it. Operations that only
 * change the shape are no steps at all: their output is another view of the input's buffer.
 */
final class PlanCompiler {
  private final SameDiff graph;
  private final boolean fused;
  private final HostAccess host;
  private final Map<String, INDArray> feeds;
  private final Arena arena;
  private final List<ExecutionPlan.Step> steps = new ArrayList<>();
  private final Map<String, INDArray> placeholders = new HashMap<>();
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Storage> storages = new HashMap<>();

  /** A buffer and how many reads of it, under whatever name, are still to come. */
  private static final class Storage {
    private final Arena.Slot slot;
    private int reads;

    private Storage(Arena.Slot slot) {
      this.slot = slot;
    }
  }

  private PlanCompiler(SameDiff graph, Map<String, INDArray> feeds, Target target) {
    this.graph = graph;
    this.fused = target.fused();
    this.host = target.host();
    this.feeds = feeds;
    this.arena = target.arena();
  }

  /** Compiles and runs: the outputs of the returned plan hold the results for {@code feeds}. */
  static ExecutionPlan compile(
      SameDiff graph, List<SameDiffOp> order, Map<String, INDArray> feeds, Target target) {
    PlanCompiler compiler = new PlanCompiler(graph, feeds, target);
    target.arena().freeAll();
    compiler.countUses(order, target.outputs());
    for (SameDiffOp op : order) {
      compiler.add(op);
    }
    target.arena().settle();
    Map<String, INDArray> results = new LinkedHashMap<>();
    target.outputs().forEach(name -> results.put(name, compiler.array(name)));
    return new ExecutionPlan(compiler.steps, compiler.placeholders, results);
  }

  /**
   * What is wanted.
   *
   * @param arena where intermediate results may live
   * @param fused whether the graph has fused operations, so that it runs on the CPU
   * @param host how Java reaches the arrays of a graph that may run elsewhere
   */
  record Target(List<String> outputs, Arena arena, boolean fused, HostAccess host) {}

  private void countUses(List<SameDiffOp> order, List<String> outputs) {
    for (SameDiffOp op : order) {
      for (String input : inputs(op)) {
        uses.merge(input, 1, Integer::sum);
      }
    }
    for (String output : outputs) {
      uses.merge(output, 1, Integer::sum);
    }
  }

  private void add(SameDiffOp node) {
    DifferentialFunction op = node.getOp();
    List<String> inputs = inputs(node);
    INDArray[] in = inputs.stream().map(this::array).toArray(INDArray[]::new);
    if (isReshaping(op) && arrays.containsKey(inputs.get(0))) {
      alias(node, in);
    } else if (op instanceof JavaOp javaOp) {
      addJava(node, javaOp, in);
    } else if (fused && op instanceof AddOp && Sum.isPossible(in[0], in[1])) {
      INDArray[] out = {allocate(node.getOutputsOfOp().get(0), in[0].shape())};
      addAndRun(new ExecutionPlan.JavaStep("sum", Sum.bind(Operands.of(in, out, null))));
    } else {
      OpContext context = Nd4j.getExecutioner().buildContext();
      bindInputs(op, context, in);
      bindOutputs(node, context);
      addAndRun(step(op, context));
    }
    node.getOutputsOfOp().forEach(this::releaseIfUnread);
    inputs.forEach(this::markRead);
  }

  private void addAndRun(ExecutionPlan.Step step) {
    step.run();
    steps.add(step);
  }

  /** Outputs that nobody reads get no buffer; scratch space is free again after the operation. */
  private void addJava(SameDiffOp node, JavaOp op, INDArray[] in) {
    List<String> names = node.getOutputsOfOp();
    List<LongShapeDescriptor> shapes = op.outputShapes(in);
    requireShapes(op, names, shapes);
    INDArray[] out = new INDArray[names.size()];
    for (int i = 0; i < out.length; i++) {
      if (uses.getOrDefault(names.get(i), 0) > 0) {
        out[i] = allocate(names.get(i), shapes.get(i).getShape());
      }
    }
    int workers = Team.threads();
    long floats = op.scratchFloats(in, workers);
    Arena.Slot scratch = floats == 0 ? null : arena.acquire(DataType.FLOAT, floats);
    INDArray space = scratch == null ? null : scratch.view(floats);
    Runnable bound = op.bind(new Operands(in, out, space, workers));
    Runnable run = fused ? bound : host.around(bound, in, out);
    addAndRun(new ExecutionPlan.JavaStep(op.opName(), run));
    if (scratch != null) {
      arena.release(scratch);
    }
  }

  private static boolean isReshaping(DifferentialFunction op) {
    return op instanceof Reshape
        || op instanceof ExpandDims
        || op instanceof Squeeze
        || op instanceof Identity;
  }

  private void alias(SameDiffOp node, INDArray[] in) {
    DynamicCustomOp op = (DynamicCustomOp) node.getOp();
    OpContext context = Nd4j.getExecutioner().buildContext();
    bindInputs(op, context, in);
    long[] shape = op.calculateOutputShape(context).get(0).getShape();
    String source = inputs(node).get(0);
    String result = node.getOutputsOfOp().get(0);
    Storage storage = storages.get(source);
    storages.put(result, storage);
    storage.reads += uses.getOrDefault(result, 0);
    arrays.put(result, storage.slot.view(shape));
  }

  private static ExecutionPlan.Step step(DifferentialFunction op, OpContext context) {
    if (op instanceof CustomOp customOp) {
      return new ExecutionPlan.CustomStep(customOp, context);
    }
    return new ExecutionPlan.LegacyStep((Op) op, context);
  }

  private static void bindInputs(DifferentialFunction op, OpContext context, INDArray[] in) {
    if (op instanceof DynamicCustomOp custom) {
      context.setArgs(in, custom.iArgs(), custom.dArgs(), custom.tArgs(), custom.bArgs());
    } else if (op instanceof ReduceOp && in.length == 2) {
      throw new IllegalStateException(
          "Operation %s (%s) takes its axes from a variable; give them as constants"
              .formatted(op.getOwnName(), op.opName()));
    } else {
      context.setInputArrays(in);
    }
  }

  private void bindOutputs(SameDiffOp node, OpContext context) {
    DifferentialFunction op = node.getOp();
    List<LongShapeDescriptor> shapes =
        op instanceof DynamicCustomOp custom
            ? custom.calculateOutputShape(context)
            : ((BaseOp) op).calculateOutputShape(context);
    List<String> names = node.getOutputsOfOp();
    requireShapes(op, names, shapes);
    for (int i = 0; i < names.size(); i++) {
      context.setOutputArray(i, allocate(names.get(i), shapes.get(i).getShape()));
    }
  }

  private static void requireShapes(
      DifferentialFunction op, List<String> names, List<LongShapeDescriptor> shapes) {
    if (shapes.size() != names.size()) {
      throw new IllegalStateException(
          "Operation %s (%s) has %d outputs but the shapes of %d"
              .formatted(op.getOwnName(), op.opName(), names.size(), shapes.size()));
    }
  }

  private INDArray allocate(String name, long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    DataType type = graph.getVariable(name).dataType();
    Storage storage = new Storage(arena.acquire(type, Math.max(1, length)));
    storage.reads = uses.getOrDefault(name, 0);
    storages.put(name, storage);
    arrays.put(name, storage.slot.view(shape));
    return arrays.get(name);
  }

  private void releaseIfUnread(String name) {
    Storage storage = storages.get(name);
    if (storage != null && storage.reads == 0) {
      arena.release(storage.slot);
    }
  }

  private void markRead(String name) {
    Storage storage = storages.get(name);
    if (storage != null && --storage.reads == 0) {
      arena.release(storage.slot);
    }
  }

  /** The array of a variable: computed, fed, or owned by the graph (weights and constants). */
  private INDArray array(String name) {
    INDArray computed = arrays.get(name);
    if (computed != null) {
      return computed;
    }
    SDVariable variable = graph.getVariable(name);
    if (!variable.isPlaceHolder()) {
      return graph.getArrForVarName(name);
    }
    return placeholders.computeIfAbsent(name, n -> feed(n).dup('c'));
  }

  private INDArray feed(String name) {
    INDArray array = feeds.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "Placeholder %s was given no array; given were %s".formatted(name, feeds.keySet()));
    }
    return array;
  }

  private static List<String> inputs(SameDiffOp op) {
    return op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
  }
}
