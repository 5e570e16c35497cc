package io.github.electra4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The placeholders that an encoder reads. Token-wise inputs are flat, {@code tokens = batch · seq}.
 *
 * @param inputIds INT [tokens]
 * @param tokenTypeIds INT [tokens]
 * @param positionIds INT [tokens]
 * @param attentionMask floating point [batch, seq]; 1 = real token, 0 = padding
 */
public record EncoderInputs(
    SDVariable inputIds,
    SDVariable tokenTypeIds,
    SDVariable positionIds,
    SDVariable attentionMask) {

  /** Name of the placeholder of {@link #inputIds}. */
  public static final String INPUT_IDS = "input_ids";

  /** Name of the placeholder of {@link #tokenTypeIds}. */
  public static final String TOKEN_TYPE_IDS = "token_type_ids";

  /** Name of the placeholder of {@link #positionIds}. */
  public static final String POSITION_IDS = "position_ids";

  /** Name of the placeholder of {@link #attentionMask}. */
  public static final String ATTENTION_MASK = "attention_mask";

  /** Adds the four placeholders to {@code sd}; {@code type} is that of the mask. */
  public static EncoderInputs placeholders(SameDiff sd, DataType type) {
    return new EncoderInputs(
        sd.placeHolder(INPUT_IDS, DataType.INT32, -1),
        sd.placeHolder(TOKEN_TYPE_IDS, DataType.INT32, -1),
        sd.placeHolder(POSITION_IDS, DataType.INT32, -1),
        sd.placeHolder(ATTENTION_MASK, type, -1, -1));
  }
}
