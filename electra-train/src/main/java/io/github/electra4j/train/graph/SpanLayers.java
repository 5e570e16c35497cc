package io.github.electra4j.train.graph;

import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.model.graph.RowSelection;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** The layers of question answering over the vectors of the head's own examples. */
final class SpanLayers {
  /** Rows of the tokens of the head's examples, INT [tokens]. */
  static final String TOKENS = "token_rows";

  /** Added to the logits: 0 for tokens that can be in an answer and {@code [CLS]}, else −1000. */
  static final String PENALTIES = "penalties";

  /** For every token the row of the right start of its example, INT [tokens]. */
  static final String RIGHT_STARTS = "right_starts";

  /** The row of the first token of every example, INT [examples]. */
  static final String FIRST = "first_rows";

  private final HeadScope scope;
  private final SameDiff sd;
  private final SDVariable hidden;
  private final SDVariable penalties;

  SpanLayers(HeadScope scope) {
    this.scope = scope;
    this.sd = scope.root().sd();
    this.hidden = scope.rows(TOKENS, scope.vectors()); // [tokens, hidden]
    this.penalties = scope.numbers(PENALTIES, -1, -1); // [examples, seq]
  }

  /** [examples, seq]. */
  SDVariable startLogits() {
    return penalised(Dense.build(scope.layer("dense"), hidden));
  }

  /** Of ends that do not depend on the start, [examples, seq]. */
  SDVariable endLogits() {
    return penalised(Dense.build(scope.layer("dense_1"), hidden));
  }

  /** Of ends that belong to the right start, [examples, seq]. */
  SDVariable endLogitsOfRightStart() {
    SDVariable starts = scope.rows(RIGHT_STARTS, hidden); // [tokens, hidden]
    SDVariable both = sd.concat(1, starts, hidden); // [tokens, 2·hidden]
    SDVariable deep = Dense.withGelu(scope.layer("qa_hidden"), both); // [tokens, qa hidden]
    return penalised(Dense.build(scope.layer("dense_1"), deep));
  }

  /**
   * The part of the hidden layer for ends that a start contributes, bias included: [tokens, qa
   * hidden]. The layer reads start and token side by side, so that its product is a sum of two.
   */
  SDVariable startPart() {
    SDVariable kernel = scope.layer("qa_hidden").weight("kernel"); // [2·hidden, qa hidden]
    SDVariable upper = kernel.get(SDIndex.interval(0, width()), SDIndex.all());
    return hidden.mmul(upper).add(scope.layer("qa_hidden").weight("bias")); // [tokens, qa hidden]
  }

  /** The part of the hidden layer for ends that a token contributes, [tokens, qa hidden]. */
  SDVariable tokenPart() {
    SDVariable kernel = scope.layer("qa_hidden").weight("kernel"); // [2·hidden, qa hidden]
    SDVariable lower = kernel.get(SDIndex.interval(width(), 2 * width()), SDIndex.all());
    return hidden.mmul(lower); // [tokens, qa hidden]
  }

  /** The logit of having no answer, from {@code [CLS]} alone: [examples, 1]. */
  SDVariable unanswerableByFirst(int unnamed) {
    return Dense.build(scope.layer("dense_" + unnamed), first()); // [examples, 1]
  }

  /**
   * The logit of having no answer, from {@code [CLS]} and the mean of all tokens, weighted by the
   * softmax of the start logits: [examples, 1].
   *
   * @param starts [examples, seq]
   * @param unnamed dense layers of the head before this one
   */
  SDVariable unanswerableByStarts(SDVariable starts, int unnamed) {
    SDVariable weights = sd.expandDims(sd.nn().softmax(starts, 1), 1); // [examples, 1, seq]
    SDVariable width = sd.constant(Nd4j.createFromArray((long) width()));
    SDVariable perExample =
        sd.reshape(hidden, sd.concat(0, penalties.shape(), width)); // [examples, seq, hidden]
    SDVariable mean = sd.mmul(weights, perExample).reshape(-1, width()); // [examples, hidden]
    SDVariable evidence = sd.concat(1, first(), mean); // [examples, 2·hidden]
    SDVariable deep = Dense.withGelu(scope.layer("dense_" + unnamed), evidence);
    return Dense.build(scope.layer("dense_" + (unnamed + 1)), deep); // [examples, 1]
  }

  private SDVariable first() {
    return RowSelection.build(
        scope.task() + "/first", hidden, scope.integers(FIRST)); // [examples, hidden]
  }

  private int width() {
    return Math.toIntExact(scope.layer("dense").weight("kernel").getArr().size(0));
  }

  private SDVariable penalised(SDVariable logits) {
    return sd.reshape(logits, penalties.shape()).add(penalties); // [examples, seq]
  }
}
