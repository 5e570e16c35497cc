package io.github.electra4j.model.execution;

import io.github.electra4j.model.compute.Gemm;
import io.github.electra4j.model.op.JavaOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs one graph for chosen outputs, from any number of threads. Each call borrows a worker that
 * owns plans, one per set of input shapes, and the buffers they share; weights are shared by all.
 */
public final class GraphRunner implements AutoCloseable {
  /** More shapes than this are forgotten, oldest first. */
  private static final int MAX_PLANS = 64;

  private final SameDiff graph;
  private final List<String> outputs;
  private final List<SameDiffOp> order;
  private final boolean usesBlas;
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param graph a graph whose trainable variables hold their arrays
   * @param outputs names of the variables to compute
   * @throws IllegalArgumentException when an output is not in the graph
   */
  public GraphRunner(SameDiff graph, List<String> outputs) {
    this.graph = graph;
    this.outputs = List.copyOf(outputs);
    this.order = GraphOrder.of(graph, this.outputs);
    this.usesBlas =
        order.stream().anyMatch(node -> node.getOp() instanceof JavaOp op && op.usesBlas());
  }

  /** Type and shape of one fed array, part of what a plan is compiled for. */
  private record Fed(String name, DataType type, List<Long> shape) {}

  private static final class Worker {
    private final Arena arena = new Arena();
    private final Map<List<Fed>, ExecutionPlan> plans = new HashMap<>();
  }

  /**
   * Feeds the placeholders, runs the graph and hands the outputs, by name, to {@code reader}. The
   * arrays are the plan's own: they are valid only until {@code reader} returns.
   *
   * @throws IllegalArgumentException when a placeholder that is needed is not fed
   */
  public <T> T run(Map<String, INDArray> feeds, Function<Map<String, INDArray>, T> reader) {
    Worker worker = idle.pollFirst();
    if (worker == null) {
      worker = new Worker();
    }
    try {
      return reader.apply(execute(worker, feeds).outputs());
    } finally {
      idle.addFirst(worker);
    }
  }

  /** Bytes of native memory that the idle workers hold for intermediate results. */
  public long bufferBytes() {
    return idle.stream().mapToLong(worker -> worker.arena.bytes()).sum();
  }

  private ExecutionPlan execute(Worker worker, Map<String, INDArray> feeds) {
    if (!usesBlas) {
      return replay(worker, feeds);
    }
    Gemm.enterSerial();
    try {
      return replay(worker, feeds);
    } finally {
      Gemm.leaveSerial();
    }
  }

  private ExecutionPlan replay(Worker worker, Map<String, INDArray> feeds) {
    List<Fed> key = key(feeds);
    ExecutionPlan plan = worker.plans.get(key);
    if (plan != null) {
      plan.run(feeds);
      return plan;
    }
    if (worker.plans.size() >= MAX_PLANS) {
      worker.plans.clear();
    }
    int slots = worker.arena.size();
    plan = compile(worker, feeds);
    if (worker.arena.size() > slots && !worker.plans.isEmpty()) {
      worker.plans.clear();
      worker.arena.rebuild();
      plan = compile(worker, feeds);
    }
    worker.plans.put(key, plan);
    return plan;
  }

  private ExecutionPlan compile(Worker worker, Map<String, INDArray> feeds) {
    HostAccess host = new HostAccess(Nd4j.getAffinityManager());
    return PlanCompiler.compile(
        graph, order, feeds, new PlanCompiler.Target(outputs, worker.arena, usesBlas, host));
  }

  private static List<Fed> key(Map<String, INDArray> feeds) {
    List<Fed> key = new ArrayList<>();
    new TreeMap<>(feeds)
        .forEach(
            (name, array) -> {
              List<Long> shape = new ArrayList<>();
              for (long size : array.shape()) {
                shape.add(size);
              }
              key.add(new Fed(name, array.dataType(), shape));
            });
    return key;
  }

  /** Frees the buffers of the idle workers. */
  @Override
  public void close() {
    for (Worker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
      worker.plans.clear();
      worker.arena.rebuild();
    }
  }
}
