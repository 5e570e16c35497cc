package io.github.electra4j.convert.onnx;

import static io.github.electra4j.convert.onnx.EncoderNodes.BATCH;
import static io.github.electra4j.convert.onnx.EncoderNodes.SEQUENCE;

import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.TaskHead;
import java.util.List;

/** The heads of fine-tuning, with the names of outputs that other exporters use. */
final class HeadNodes implements TaskHead.Cases<OnnxGraph> {
  private static final String LOGITS = "logits";
  private static final String CHOICES = "num_choices";

  private final EncoderNodes encoder;
  private final OnnxGraph graph;
  private final TokenNames inputs;

  /**
   * Heads on an encoder.
   *
   * @param inputs of the model
   */
  HeadNodes(EncoderNodes encoder, TokenNames inputs) {
    this.encoder = encoder;
    this.graph = encoder.graph();
    this.inputs = inputs;
  }

  @Override
  public OnnxGraph classification(TaskHead.Classification head) {
    return ofFirstToken(head, head.layers());
  }

  @Override
  public OnnxGraph regression(TaskHead.Regression head) {
    return ofFirstToken(head, head.layers());
  }

  private OnnxGraph ofFirstToken(TaskHead head, HeadLayers layers) {
    named(LOGITS, layered(head, layers, first(encoder.build(inputs))));
    graph.output(LOGITS, OnnxType.FLOAT, BATCH, head.outputs());
    return graph;
  }

  /** {@code [rows, hidden] -> [rows, outputs]}. */
  private String layered(TaskHead head, HeadLayers layers, String input) {
    String last =
        layers == HeadLayers.TWO ? encoder.denseWithGelu(path(head, "hidden"), input) : input;
    return encoder.dense(path(head, "dense"), last);
  }

  @Override
  public OnnxGraph tagging(TaskHead.Tagging head) {
    String hidden = encoder.build(inputs);
    named(LOGITS, encoder.dense(path(head, "dense"), hidden));
    graph.output(LOGITS, OnnxType.FLOAT, BATCH, SEQUENCE, head.outputs());
    return graph;
  }

  @Override
  public OnnxGraph spanAnswer(TaskHead.SpanAnswer head) {
    new SpanNodes(encoder, head).build(inputs, encoder.build(inputs));
    return graph;
  }

  @Override
  public OnnxGraph pairRanking(TaskHead.PairRanking head) {
    String shape = graph.node("Shape", "choices_shape", List.of(inputs.inputIds())); // INT64 [3]
    TokenNames flat =
        new TokenNames(
            flat(inputs.inputIds(), shape),
            flat(inputs.attentionMask(), shape),
            flat(inputs.tokenTypeIds(), shape));
    String scores = layered(head, head.layers(), first(encoder.build(flat))); // [batch·choices, 1]
    String outer =
        graph.node(
            "Slice", "choices", List.of(shape, graph.integers(0), graph.integers(2))); // INT64 [2]
    graph.node("Reshape", LOGITS, List.of(scores, outer));
    graph.output(LOGITS, OnnxType.FLOAT, BATCH, CHOICES);
    return graph;
  }

  /** {@code [batch, choices, seq] -> [batch·choices, seq]}. */
  private String flat(String input, String shape) {
    String seq = input + "/seq";
    graph.node("Slice", seq, List.of(shape, graph.integers(2), graph.integers(3)));
    String flatShape =
        graph.node(
            "Concat",
            input + "/flat_shape",
            List.of(graph.integers(-1), seq),
            Attribute.of("axis", 0));
    return graph.node("Reshape", input + "/flat", List.of(input, flatShape));
  }

  @Override
  public OnnxGraph intentAndSlots(TaskHead.IntentAndSlots head) {
    String hidden = encoder.build(inputs);
    named("intent_logits", encoder.dense(path(head, "dense"), first(hidden)));
    named("slot_logits", encoder.dense(path(head, "dense_1"), hidden));
    graph.output("intent_logits", OnnxType.FLOAT, BATCH, head.intents().size());
    graph.output("slot_logits", OnnxType.FLOAT, BATCH, SEQUENCE, head.slots().size());
    return graph;
  }

  /** {@code [batch, seq, hidden] -> [batch, hidden]}: the vectors of {@code [CLS]}. */
  private String first(String hidden) {
    return graph.node(
        "Gather", "first_token", List.of(hidden, graph.integer(0)), Attribute.of("axis", 1));
  }

  private void named(String output, String value) {
    graph.node("Identity", output, List.of(value));
  }

  private static String path(TaskHead head, String layer) {
    return "task_specific/" + head.task() + "/" + layer;
  }

  /** Declares the inputs that this kind of head reads. */
  static TokenNames declare(OnnxGraph graph, boolean choices) {
    Object[] axes =
        choices ? new Object[] {BATCH, CHOICES, SEQUENCE} : new Object[] {BATCH, SEQUENCE};
    return new TokenNames(
        graph.input("input_ids", OnnxType.INT64, axes),
        graph.input("attention_mask", OnnxType.INT64, axes),
        graph.input("token_type_ids", OnnxType.INT64, axes));
  }
}
