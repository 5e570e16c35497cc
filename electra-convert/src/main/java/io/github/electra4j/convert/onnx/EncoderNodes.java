package io.github.electra4j.convert.onnx;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.graph.Network;
import java.util.List;

/**
 * The encoder in ONNX's operators: embeddings, projection, layers. Formulas and names are those of
 * {@code io.github.electra4j.model.graph}.
 */
final class EncoderNodes {
  /** Lengths that may vary from call to call. */
  static final String BATCH = "batch_size";

  static final String SEQUENCE = "sequence_length";

  private static final float EPSILON = 1e-12f;
  private static final float MASKED = -10000;
  private static final int HEAD_AXES = 4;

  private final WeightNodes weights;
  private final OnnxGraph graph;
  private final Network network;

  EncoderNodes(WeightNodes weights, Network network) {
    this.weights = weights;
    this.graph = weights.graph();
    this.network = network;
  }

  /**
   * The vectors of the last layer, {@code [batch, seq, hidden]}.
   *
   * @param inputs ids, mask and types, {@code [batch, seq]}
   */
  String build(TokenNames inputs) {
    String hidden = embeddings(inputs);
    EncoderConfig config = network.encoder();
    if (network.embeddingSize() != config.hiddenSize()) {
      hidden = dense(network.path() + "/embeddings_project", hidden);
    }
    String adder = adder(inputs.attentionMask());
    for (int i = 0; i < config.layers(); i++) {
      hidden = layer(network.path() + "/encoder/layer_" + i, hidden, adder);
    }
    return hidden;
  }

  private String embeddings(TokenNames inputs) {
    String path = network.embeddingsPath() + "/";
    String words = table(path + "word_embeddings", inputs.inputIds());
    String types = table(path + "token_type_embeddings", inputs.tokenTypeIds());
    String shape = graph.node("Shape", "input_shape", List.of(inputs.inputIds()));
    String seq =
        graph.node(
            "Slice", "seq", List.of(shape, graph.integers(1), graph.integers(2))); // INT64 [1]
    String positions =
        graph.node(
            "Slice",
            path + "position_embeddings/rows",
            List.of(
                weights.floats(path + "position_embeddings"),
                graph.integers(0),
                seq,
                graph.integers(0))); // [seq, embedding]
    String sum = graph.node("Add", path + "words_and_types", List.of(words, types));
    String all = graph.node("Add", path + "sum", List.of(sum, positions));
    return norm(path + "LayerNorm", all); // [batch, seq, embedding]
  }

  private String table(String name, String ids) {
    return weights.rows(name, ids, name + "/rows");
  }

  /** 0 where a token may be looked at, else −10000: {@code [batch, 1, 1, seq]}. */
  private String adder(String mask) {
    String single = number("attention_mask/single", mask);
    String open =
        graph.node("Unsqueeze", "attention_mask/open", List.of(single, graph.integers(1, 2)));
    String closed = graph.node("Sub", "attention_mask/closed", List.of(graph.number(1), open));
    return graph.node("Mul", "attention_mask/adder", List.of(closed, graph.number(MASKED)));
  }

  private String layer(String path, String input, String adder) {
    String context = attention(path + "/attention/self", input, adder);
    String attended = residual(path + "/attention/output", context, input);
    String widened = denseWithGelu(path + "/intermediate/dense", attended);
    return residual(path + "/output", widened, attended);
  }

  private String residual(String path, String input, String residual) {
    String sum = graph.node("Add", path + "/sum", List.of(dense(path + "/dense", input), residual));
    return norm(path + "/LayerNorm", sum);
  }

  private String attention(String path, String input, String adder) {
    EncoderConfig config = network.encoder();
    String query = heads(path + "/query", input, 0, 2, 1, 3); // [batch, heads, seq, head]
    String key = heads(path + "/key", input, 0, 2, 3, 1); // [batch, heads, head, seq]
    String value = heads(path + "/value", input, 0, 2, 1, 3); // [batch, heads, seq, head]
    String scores = graph.node("MatMul", path + "/scores", List.of(query, key));
    float scale = (float) (1 / Math.sqrt(config.headSize()));
    String scaled = graph.node("Mul", path + "/scaled", List.of(scores, graph.number(scale)));
    String masked = graph.node("Add", path + "/masked", List.of(scaled, adder));
    String probabilities =
        graph.node("Softmax", path + "/probabilities", List.of(masked), Attribute.of("axis", -1));
    String context = graph.node("MatMul", path + "/context", List.of(probabilities, value));
    String turned = turned(path + "/context/turned", context, 0, 2, 1, 3);
    return graph.node(
        "Reshape",
        path + "/context/joined",
        List.of(turned, graph.integers(0, 0, config.hiddenSize())));
  }

  private String heads(String path, String input, long... order) {
    EncoderConfig config = network.encoder();
    long[] shape = new long[HEAD_AXES]; // 0 keeps batch and seq
    shape[HEAD_AXES - 2] = config.attentionHeads();
    shape[HEAD_AXES - 1] = config.headSize();
    String split =
        graph.node("Reshape", path + "/heads", List.of(dense(path, input), graph.integers(shape)));
    return turned(path + "/turned", split, order);
  }

  private String turned(String output, String input, long... order) {
    return graph.node("Transpose", output, List.of(input), Attribute.of("perm", order));
  }

  /** A dense layer, {@code [.., in] -> [.., out]}. */
  String dense(String path, String input) {
    String product = weights.product(input, path + "/kernel", path + "/product");
    return graph.node("Add", path + "/sum", List.of(product, weights.floats(path + "/bias")));
  }

  /** A dense layer followed by the exact GELU. */
  String denseWithGelu(String path, String input) {
    return gelu(path + "/gelu", dense(path, input));
  }

  /** {@code x · (1 + erf(x / √2)) · 0.5}, in the steps that ONNX Runtime joins into one. */
  String gelu(String path, String input) {
    String scaled =
        graph.node("Div", path + "/scaled", List.of(input, graph.number((float) Math.sqrt(2))));
    String erf = graph.node("Erf", path + "/erf", List.of(scaled));
    String above = graph.node("Add", path + "/above", List.of(erf, graph.number(1)));
    String twice = graph.node("Mul", path + "/twice", List.of(input, above));
    return graph.node("Mul", path + "/value", List.of(twice, graph.number(0.5f)));
  }

  /** Layer normalisation over the last axis. */
  String norm(String path, String input) {
    return graph.node(
        "LayerNormalization",
        path + "/normalised",
        List.of(input, weights.floats(path + "/gamma"), weights.floats(path + "/beta")),
        Attribute.of("axis", -1),
        Attribute.of("epsilon", EPSILON));
  }

  /** Whole numbers as single-precision ones. */
  String number(String output, String input) {
    return graph.node("Cast", output, List.of(input), Attribute.of("to", OnnxType.FLOAT.number()));
  }

  OnnxGraph graph() {
    return graph;
  }

  WeightNodes weights() {
    return weights;
  }
}
