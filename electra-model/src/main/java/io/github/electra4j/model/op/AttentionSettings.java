package io.github.electra4j.model.op;

import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * What an attention and its gradient are told apart from arrays; kept in the operation's first
 * integer arguments, which is where SameDiff keeps it when it re-creates the operation.
 *
 * @param heads number of heads
 * @param split whether there is one query per sequence, in an array apart from keys and values
 * @param longest most tokens of a packed sequence; 0 for padded ones
 */
record AttentionSettings(int heads, boolean split, int longest) {

  static AttentionSettings of(DynamicCustomOp op) {
    return new AttentionSettings(
        op.getIArgument(0).intValue(), op.getIArgument(1) == 1, op.getIArgument(2).intValue());
  }

  void addTo(DynamicCustomOp op) {
    op.addIArgument(heads, split ? 1 : 0, longest);
  }

  boolean packed() {
    return longest > 0;
  }

  /** Position of the adder or the starts among the inputs; the next one follows the arrays. */
  int keys() {
    return split ? 2 : 1;
  }
}
