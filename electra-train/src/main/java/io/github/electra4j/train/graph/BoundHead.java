package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A head together with its place in a graph: which placeholders and outputs are its own.
 *
 * @param <T> kind of its targets
 */
final class BoundHead<T extends TaskTarget> {
  private static final String WEIGHT = "weight";

  private final TaskHead head;
  private final HeadGraph<T> graph;
  private final HeadScope scope;
  private final boolean allTokens;
  private final Map<String, String> outputs = new LinkedHashMap<>();

  private BoundHead(TaskHead head, HeadGraph<T> graph, HeadScope scope, boolean allTokens) {
    this.head = head;
    this.graph = graph;
    this.scope = scope;
    this.allTokens = allTokens;
  }

  /** The head in a graph whose vectors are those of all tokens, or of every {@code [CLS]}. */
  static BoundHead<?> of(TaskHead head, HeadScope scope, boolean allTokens) {
    return bind(head, HeadGraphs.of(head), scope, allTokens);
  }

  private static <T extends TaskTarget> BoundHead<T> bind(
      TaskHead head, HeadGraph<T> graph, HeadScope scope, boolean allTokens) {
    return new BoundHead<>(head, graph, scope, allTokens);
  }

  /** Adds the sum of the losses of the head's examples: a scalar, 0 if there are none. */
  SDVariable loss() {
    SDVariable weight = scope.numbers(WEIGHT); // scalar
    return graph.losses(scope).sum().mul(weight);
  }

  /** Adds what the head answers with; the names of the variables. */
  Iterable<String> addOutputs() {
    graph.outputs(scope).forEach((name, variable) -> outputs.put(name, named(name, variable)));
    return outputs.values();
  }

  private String named(String name, SDVariable variable) {
    Scope place = scope.root().at("outputs").at(head.task());
    return place.named(name, variable).name();
  }

  /** What the head reads to answer. */
  Map<String, INDArray> inputs(LabelledBatch batch) {
    return named(graph.inputs(part(batch)));
  }

  /** What the head reads to compute its loss. */
  Map<String, INDArray> inputsAndTargets(LabelledBatch batch) {
    HeadBatch<T> part = part(batch);
    Map<String, INDArray> feeds = new LinkedHashMap<>(named(graph.inputs(part)));
    feeds.putAll(named(graph.targets(part)));
    feeds.put(scope.feed(WEIGHT), Nd4j.scalar((float) part.weight()));
    return feeds;
  }

  private Map<String, INDArray> named(Map<String, INDArray> arrays) {
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    arrays.forEach((name, array) -> feeds.put(scope.feed(name), array));
    return feeds;
  }

  /** Puts the outputs of the head's examples into their places of the batch. */
  void read(
      Map<String, INDArray> computed, LabelledBatch batch, WeightMap weights, HeadOutput[] into) {
    HeadBatch<T> part = part(batch);
    if (part.members().isEmpty()) {
      return;
    }
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    outputs.forEach((name, variable) -> arrays.put(name, computed.get(variable)));
    List<HeadOutput> own = graph.read(arrays, part, weights);
    for (int i = 0; i < own.size(); i++) {
      into[part.members().get(i)] = own.get(i);
    }
  }

  private HeadBatch<T> part(LabelledBatch batch) {
    return HeadBatch.of(batch, allTokens, head, graph.filler());
  }
}
