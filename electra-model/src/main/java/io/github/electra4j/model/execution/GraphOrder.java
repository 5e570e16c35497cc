package io.github.electra4j.model.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/** The operations that some outputs need, each after the operations that it needs itself. */
final class GraphOrder {
  private GraphOrder() {}

  /** Depth first from the outputs, without recursion: graphs are thousands of operations deep. */
  static List<SameDiffOp> of(SameDiff graph, List<String> outputs) {
    List<SameDiffOp> order = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    Deque<String> pending = new ArrayDeque<>();
    for (String output : outputs) {
      push(graph, output, pending);
      while (!pending.isEmpty()) {
        SameDiffOp op = graph.getOps().get(pending.peek());
        int before = pending.size();
        if (!placed.contains(op.getName())) {
          for (String input : inputs(op)) {
            String producer = producer(graph, input);
            if (producer != null && !placed.contains(producer)) {
              pending.push(producer);
            }
          }
        }
        if (pending.size() == before) {
          pending.pop();
          if (placed.add(op.getName())) {
            order.add(op);
          }
        }
      }
    }
    return order;
  }

  private static void push(SameDiff graph, String output, Deque<String> pending) {
    if (!graph.hasVariable(output)) {
      throw new IllegalArgumentException("The graph has no variable " + output);
    }
    String producer = producer(graph, output);
    if (producer != null) {
      pending.push(producer);
    }
  }

  private static String producer(SameDiff graph, String variable) {
    return graph.getVariables().get(variable).getOutputOfOp();
  }

  private static List<String> inputs(SameDiffOp op) {
    return op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
  }
}
