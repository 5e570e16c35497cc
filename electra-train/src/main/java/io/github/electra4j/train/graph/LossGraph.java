package io.github.electra4j.train.graph;

import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.Embeddings;
import io.github.electra4j.model.graph.GradientGraph;
import io.github.electra4j.model.graph.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One network with its loss: computes the loss, the network's output and, when training, the
 * gradients of every weight that the graph uses.
 */
final class LossGraph implements AutoCloseable {
  private static final String LOSS = "loss";
  private static final String OUTPUT = "output";
  private static final String GATE = "gate";

  private final Map<String, String> gradients;
  private final GraphRunner runner;

  /**
   * What is computed.
   *
   * @param loss scalar
   * @param output the network's output, reported along with the loss
   * @param weight factor on the loss in the gradients, not in the reported loss
   * @param gate a second output, if there is one
   */
  record Parts(SDVariable loss, SDVariable output, double weight, Optional<SDVariable> gate) {
    Parts(SDVariable loss, SDVariable output, double weight) {
      this(loss, output, weight, Optional.empty());
    }

    /** Names what is reported and lists the names. */
    List<String> reported(Scope root) {
      List<String> names = new ArrayList<>();
      names.add(root.named(LOSS, loss).name());
      names.add(root.named(OUTPUT, output).name());
      gate.ifPresent(second -> names.add(root.named(GATE, second).name()));
      return names;
    }
  }

  private LossGraph(Map<String, String> gradients, GraphRunner runner) {
    this.gradients = gradients;
    this.runner = runner;
  }

  /** A graph without gradients. */
  static LossGraph evaluating(Scope root, Parts parts) {
    return new LossGraph(Map.of(), new GraphRunner(root.sd(), parts.reported(root)));
  }

  /**
   * A graph with gradients.
   *
   * @param weights names of all weights, of which the graph may use some
   * @param looked scopes of embeddings whose looked-up rows are wanted too
   */
  static LossGraph training(
      Scope root, Parts parts, Iterable<String> weights, List<String> looked) {
    List<String> reported = parts.reported(root);
    List<String> variables = new ArrayList<>();
    for (String name : weights) {
      if (root.sd().hasVariable(name)) {
        variables.add(name);
      }
    }
    looked.forEach(path -> variables.add(Embeddings.lookupName(path)));
    SDVariable weighted = root.sd().getVariable(LOSS).mul(parts.weight()).rename("weighted_loss");
    GradientGraph derived = GradientGraph.of(weighted, variables);
    List<String> wanted = new ArrayList<>(derived.gradients().values());
    wanted.addAll(reported);
    return new LossGraph(derived.gradients(), new GraphRunner(derived.graph(), wanted));
  }

  /**
   * What a run computes; the arrays are valid only while the reader runs.
   *
   * @param loss without its weight
   * @param gradients of the weighted loss, by the name of the variable; empty in evaluation
   * @param gate the second output, if there is one
   */
  record Result(
      double loss, INDArray output, Map<String, INDArray> gradients, Optional<INDArray> gate) {}

  <T> T run(Map<String, INDArray> feeds, Function<Result, T> reader) {
    return runner.run(
        feeds,
        out -> {
          Map<String, INDArray> byName = new LinkedHashMap<>();
          gradients.forEach((variable, name) -> byName.put(variable, out.get(name)));
          return reader.apply(
              new Result(
                  out.get(LOSS).getDouble(0),
                  out.get(OUTPUT),
                  byName,
                  Optional.ofNullable(out.get(GATE))));
        });
  }

  long bufferBytes() {
    return runner.bufferBytes();
  }

  @Override
  public void close() {
    runner.close();
  }
}
