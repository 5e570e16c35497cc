package io.github.electra4j.convert.onnx;

import static io.github.electra4j.convert.onnx.EncoderNodes.BATCH;
import static io.github.electra4j.convert.onnx.EncoderNodes.SEQUENCE;

import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.graph.Network;
import java.util.List;

/** The graph of one task of a checkpoint. */
final class OnnxModel {
  private static final String LOGITS = "logits";

  private final Checkpoint checkpoint;
  private final OnnxTask task;
  private final OnnxGraph graph = new OnnxGraph();

  private OnnxModel(Checkpoint checkpoint, OnnxTask task) {
    this.checkpoint = checkpoint;
    this.task = task;
  }

  static OnnxGraph build(Checkpoint checkpoint, OnnxTask task, Precision precision) {
    return new OnnxModel(checkpoint, task).build(precision);
  }

  private OnnxGraph build(Precision precision) {
    WeightNodes weights = new WeightNodes(graph, checkpoint.weights(), precision);
    Network network = task.network(checkpoint);
    EncoderNodes encoder = new EncoderNodes(weights, network);
    boolean choices = task.head().filter(TaskHead.PairRanking.class::isInstance).isPresent();
    TokenNames inputs = HeadNodes.declare(graph, choices);
    if (task.head().isPresent()) {
      return task.head().get().match(new HeadNodes(encoder, inputs));
    }
    String hidden = encoder.build(inputs);
    if (task.is(OnnxTask.REPLACED_TOKENS)) {
      replacedTokens(encoder, hidden);
    } else if (task.is(OnnxTask.FILL_MASK)) {
      fillMask(encoder, network, hidden);
    } else {
      graph.node("Identity", "last_hidden_state", List.of(hidden));
      int width = network.encoder().hiddenSize();
      graph.output("last_hidden_state", OnnxType.FLOAT, BATCH, SEQUENCE, width);
    }
    return graph;
  }

  private void replacedTokens(EncoderNodes encoder, String hidden) {
    String path = "discriminator_predictions/";
    String deep = encoder.denseWithGelu(path + "dense", hidden);
    String column = encoder.dense(path + "dense_1", deep); // [batch, seq, 1]
    graph.node("Squeeze", LOGITS, List.of(column, graph.integers(-1)));
    graph.output(LOGITS, OnnxType.FLOAT, BATCH, SEQUENCE);
  }

  private void fillMask(EncoderNodes encoder, Network network, String hidden) {
    String path = "generator_predictions/";
    String deep = encoder.denseWithGelu(path + "dense", hidden);
    String normalised = encoder.norm(path + "LayerNorm", deep);
    String product =
        encoder
            .weights()
            .productWithTable(
                normalised, network.embeddingsPath() + "/word_embeddings", path + "product");
    String bias = encoder.weights().floats(path + "output_bias");
    graph.node("Add", LOGITS, List.of(product, bias));
    graph.output(LOGITS, OnnxType.FLOAT, BATCH, SEQUENCE, checkpoint.config().vocabSize());
  }
}
