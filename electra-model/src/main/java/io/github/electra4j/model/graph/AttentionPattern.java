package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Which keys a query may attend to. */
public sealed interface AttentionPattern {

  /**
   * Sequences of one length, filled up with padding. Padding queries are not masked, only padding
   * keys.
   *
   * @param adder what is added to the attention scores: 0 where a query may attend, −10000 where it
   *     may not; floating point [batch, 1, 1, seq], or [batch, 1, seq, seq] for a causal tower
   * @param shape LONG [2]: batch and seq
   */
  record Padded(SDVariable adder, SDVariable shape) implements AttentionPattern {}

  /**
   * Sequences one after the other without padding; every token sees all tokens of its sequence.
   * Rows after the last sequence belong to none. For fused graphs only.
   *
   * @param starts INT [batch + 1]: the row of the first token of every sequence, then the row after
   *     the last token
   * @param longest no sequence has more tokens
   */
  record Packed(SDVariable starts, int longest) implements AttentionPattern {}

  /** Name of the placeholder of a causal pattern: [seq, seq], 1 where query row sees key column. */
  String CAUSAL_PREFIX = "visible_";

  /** Every token sees every real token. */
  static Padded bidirectional(EncoderInputs inputs) {
    SDVariable mask = inputs.attentionMask(); // [batch, seq]
    SDVariable keys = expand(mask); // [batch, 1, 1, seq]
    return new Padded(scores(keys), mask.getSameDiff().shape(mask));
  }

  /** Every token sees its sequence, fed by {@link PackedFeeds}. */
  static Packed packed(SameDiff sd, int longest) {
    return new Packed(sd.placeHolder(PackedFeeds.SEQUENCE_STARTS, DataType.INT32, -1), longest);
  }

  /**
   * Every token sees the real tokens that the placeholder {@code visible_<tower> [seq, seq]}
   * allows.
   */
  static Padded causal(EncoderInputs inputs, String tower) {
    SDVariable mask = inputs.attentionMask(); // [batch, seq]
    SameDiff sd = mask.getSameDiff();
    DataType type = mask.dataType();
    SDVariable visible = sd.placeHolder(CAUSAL_PREFIX + tower, type, -1, -1); // [seq, seq]
    return new Padded(scores(expand(mask).mul(visible)), sd.shape(mask));
  }

  private static SDVariable expand(SDVariable mask) {
    SameDiff sd = mask.getSameDiff();
    return sd.expandDims(sd.expandDims(mask, 1), 1); // [batch, 1, 1, seq]
  }

  private static SDVariable scores(SDVariable allowed) {
    double maskedScore = -10000.0; // the original's: finite, so that padding alone has a softmax
    return allowed.rsub(1.0).mul(maskedScore);
  }
}
