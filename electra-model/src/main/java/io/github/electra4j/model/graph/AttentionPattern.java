package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which keys a query may attend to, as a term that is added to the attention scores: 0 where it
 * may, −10000 where it may not. Padding queries are not masked, only padding keys.
 *
 * @param adder floating point [batch, 1, 1, seq], or [batch, 1, seq, seq] for a causal tower
 * @param shape LONG [2]: batch and seq
 */
public record AttentionPattern(SDVariable adder, SDVariable shape) {
  /** The original's value: finite, so that a row of padding only still has a softmax. */
  private static final double MASKED_SCORE = -10000.0;

  /** Name of the placeholder of a causal pattern: [seq, seq], 1 where query row sees key column. */
  public static final String CAUSAL_PREFIX = "visible_";

  /** Every token sees every real token. */
  public static AttentionPattern bidirectional(EncoderInputs inputs) {
    SDVariable mask = inputs.attentionMask(); // [batch, seq]
    SDVariable keys = expand(mask); // [batch, 1, 1, seq]
    return new AttentionPattern(scores(keys), mask.getSameDiff().shape(mask));
  }

  /**
   * Every token sees the real tokens that the placeholder {@code visible_<tower> [seq, seq]}
   * allows.
   */
  public static AttentionPattern causal(EncoderInputs inputs, String tower) {
    SDVariable mask = inputs.attentionMask(); // [batch, seq]
    SameDiff sd = mask.getSameDiff();
    DataType type = mask.dataType();
    SDVariable visible = sd.placeHolder(CAUSAL_PREFIX + tower, type, -1, -1); // [seq, seq]
    return new AttentionPattern(scores(expand(mask).mul(visible)), sd.shape(mask));
  }

  private static SDVariable expand(SDVariable mask) {
    SameDiff sd = mask.getSameDiff();
    return sd.expandDims(sd.expandDims(mask, 1), 1); // [batch, 1, 1, seq]
  }

  private static SDVariable scores(SDVariable allowed) {
    return allowed.rsub(1.0).mul(MASKED_SCORE);
  }
}
