package io.github.electra4j.convert.onnx;

import static io.github.electra4j.convert.onnx.EncoderNodes.BATCH;
import static io.github.electra4j.convert.onnx.EncoderNodes.SEQUENCE;

import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import java.util.List;

/**
 * Question answering. {@code start_logits} and {@code end_logits} are {@code [batch, seq]} for
 * every head; with joint prediction the ends are those of the best start, and two more outputs hold
 * the whole beam: {@code start_top_index [batch, beam]} and {@code end_top_logits [batch, beam,
 * seq]}. A classifier for unanswerable questions gives {@code unanswerable_logits [batch]}.
 */
final class SpanNodes {
  private static final float PENALTY = -1000;
  private static final String STARTS = "start_logits";
  private static final String ENDS = "end_logits";
  private static final String TOP_STARTS = "start_top_index";
  private static final String TOP_ENDS = "end_top_logits";
  private static final String UNANSWERABLE = "unanswerable_logits";

  private final EncoderNodes encoder;
  private final OnnxGraph graph;
  private final TaskHead.SpanAnswer head;
  private final String path;

  SpanNodes(EncoderNodes encoder, TaskHead.SpanAnswer head) {
    this.encoder = encoder;
    this.graph = encoder.graph();
    this.head = head;
    this.path = "task_specific/" + head.task() + "/";
  }

  /**
   * Adds the head.
   *
   * @param hidden vectors of the last layer, {@code [batch, seq, hidden]}
   */
  void build(TokenNames inputs, String hidden) {
    String penalties = penalties(inputs);
    penalised(STARTS, encoder.dense(path + "dense", hidden), penalties);
    graph.output(STARTS, OnnxType.FLOAT, BATCH, SEQUENCE);
    if (head.settings().jointPrediction()) {
      joint(hidden, penalties);
    } else {
      penalised(ENDS, encoder.dense(path + "dense_1", hidden), penalties);
      graph.output(ENDS, OnnxType.FLOAT, BATCH, SEQUENCE);
    }
    if (head.settings().answerability().isPresent()) {
      unanswerable(hidden);
    }
  }

  /** 0 for {@code [CLS]} and the tokens of the text, else −1000: {@code [batch, seq]}. */
  private String penalties(TokenNames inputs) {
    String second =
        graph.node("Mul", "answer/second", List.of(inputs.attentionMask(), inputs.tokenTypeIds()));
    String text = graph.node("Equal", "answer/text", List.of(second, graph.integer(1)));
    String seq = graph.node("Squeeze", "answer/seq", List.of("seq", graph.integers(0)));
    String positions =
        graph.node("Range", "answer/positions", List.of(graph.integer(0), seq, graph.integer(1)));
    String first = graph.node("Equal", "answer/first", List.of(positions, graph.integer(0)));
    String eligible = graph.node("Or", "answer/eligible", List.of(text, first)); // [batch, seq]
    return graph.node(
        "Where", "answer/penalties", List.of(eligible, graph.number(0), graph.number(PENALTY)));
  }

  private void penalised(String output, String logits, String penalties) {
    String flat = withoutLast(output + "/flat", logits);
    graph.node("Add", output, List.of(flat, penalties));
  }

  private String withoutLast(String output, String input) {
    return graph.node("Squeeze", output, List.of(input, graph.integers(-1)));
  }

  /** The ends of each of the best starts. */
  private void joint(String hidden, String penalties) {
    String beam = graph.integers(head.settings().beamSize());
    String count = graph.node("Min", "beam/count", List.of(beam, "seq")); // INT64 [1]
    graph.nodes(
        "TopK", List.of("beam/best", TOP_STARTS), List.of(STARTS, count), Attribute.of("axis", -1));
    String starts =
        graph.node(
            "GatherND",
            "beam/vectors",
            List.of(hidden, open("beam/places", TOP_STARTS, -1)),
            Attribute.of("batch_dims", 1)); // [batch, beam, hidden]
    String deep = encoder.gelu(path + "qa_hidden/gelu", sums(hidden, starts));
    String ends = withoutLast("beam/ends", encoder.dense(path + "dense_1", deep));
    graph.node("Add", TOP_ENDS, List.of(ends, open("beam/penalties", penalties, 1)));
    graph.node("Gather", ENDS, List.of(TOP_ENDS, graph.integer(0)), Attribute.of("axis", 1));
    graph.output(ENDS, OnnxType.FLOAT, BATCH, SEQUENCE);
    graph.output(TOP_STARTS, OnnxType.INT64, BATCH, "beam_size");
    graph.output(TOP_ENDS, OnnxType.FLOAT, BATCH, "beam_size", SEQUENCE);
  }

  /**
   * The hidden layer before its activation, {@code [batch, beam, seq, width]}. It reads a start's
   * vector beside a token's, so that its product is the sum of two smaller ones.
   */
  private String sums(String hidden, String starts) {
    String kernel = encoder.weights().floats(path + "qa_hidden/kernel"); // [2·hidden, width]
    String bias = encoder.weights().floats(path + "qa_hidden/bias"); // [width]
    String upper = path + "qa_hidden/of_start";
    String lower = path + "qa_hidden/of_token";
    graph.nodes("Split", List.of(upper, lower), List.of(kernel), Attribute.of("axis", 0));
    String ofStarts = graph.node("MatMul", "beam/of_starts", List.of(starts, upper));
    String ofTokens = graph.node("MatMul", "beam/of_tokens", List.of(hidden, lower));
    String withBias = graph.node("Add", "beam/with_bias", List.of(ofStarts, bias));
    return graph.node(
        "Add",
        "beam/sums",
        List.of(open("beam/starts", withBias, 2), open("beam/tokens", ofTokens, 1)));
  }

  private String open(String output, String input, int axis) {
    return graph.node("Unsqueeze", output, List.of(input, graph.integers(axis)));
  }

  private void unanswerable(String hidden) {
    String first =
        graph.node(
            "Gather",
            "answer/first_token",
            List.of(hidden, graph.integer(0)),
            Attribute.of("axis", 1)); // [batch, hidden]
    String logits =
        head.settings().answerability().evidence() == Evidence.FIRST_TOKEN
            ? encoder.dense(path + "dense_2", first)
            : byStarts(hidden, first); // [batch, 1]
    withoutLast(UNANSWERABLE, logits);
    graph.output(UNANSWERABLE, OnnxType.FLOAT, BATCH);
  }

  private String byStarts(String hidden, String first) {
    String softmax =
        graph.node("Softmax", "answer/softmax", List.of(STARTS), Attribute.of("axis", -1));
    String row = open("answer/weights", softmax, 1); // [batch, 1, seq]
    String mean = graph.node("MatMul", "answer/mean_row", List.of(row, hidden));
    String flat = graph.node("Squeeze", "answer/mean", List.of(mean, graph.integers(1)));
    String evidence =
        graph.node("Concat", "answer/evidence", List.of(first, flat), Attribute.of("axis", -1));
    String deep = encoder.denseWithGelu(path + "dense_2", evidence);
    return encoder.dense(path + "dense_3", deep);
  }
}
