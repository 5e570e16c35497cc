package io.github.electra4j.convert.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.convert.tensor.Precision;

/** What a {@code config.json} says about the type of the weights. */
public final class NumberType {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NumberType() {}

  /**
   * The configuration with a {@code torch_dtype}; unchanged for single precision, which is what
   * PyTorch takes without being told.
   */
  public static String added(String config, Precision precision) {
    if (precision == Precision.FLOAT32) {
      return config;
    }
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(config);
      return JsonText.of(root.put("torch_dtype", precision.toString()));
    } catch (JsonProcessingException e) {
      throw new AssertionError("our own JSON cannot be read", e);
    }
  }
}
