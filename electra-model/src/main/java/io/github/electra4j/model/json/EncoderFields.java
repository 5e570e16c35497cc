package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;

/** The keys of an encoder, which all dialects share. */
final class EncoderFields {
  static final List<String> KEYS =
      List.of(
          "hidden_size",
          "num_hidden_layers",
          "num_attention_heads",
          "intermediate_size",
          "hidden_dropout_prob",
          "attention_probs_dropout_prob");

  private EncoderFields() {}

  /** Reads an encoder all of whose keys must be there. */
  static EncoderConfig read(JsonFields fields) throws MalformedFileException {
    return new EncoderConfig(
        fields.positiveInt("hidden_size"),
        fields.positiveInt("num_hidden_layers"),
        fields.positiveInt("num_attention_heads"),
        fields.positiveInt("intermediate_size"),
        fields.number("hidden_dropout_prob"),
        fields.number("attention_probs_dropout_prob"));
  }

  /** Reads an encoder, taking what is absent from {@code defaults}. */
  static EncoderConfig read(JsonFields fields, EncoderConfig defaults)
      throws MalformedFileException {
    return new EncoderConfig(
        fields.positiveInt("hidden_size", defaults.hiddenSize()),
        fields.positiveInt("num_hidden_layers", defaults.layers()),
        fields.positiveInt("num_attention_heads", defaults.attentionHeads()),
        fields.positiveInt("intermediate_size", defaults.intermediateSize()),
        fields.number("hidden_dropout_prob", defaults.hiddenDropout()),
        fields.number("attention_probs_dropout_prob", defaults.attentionDropout()));
  }

  static void write(ObjectNode object, EncoderConfig encoder) {
    object.put("hidden_size", encoder.hiddenSize());
    object.put("num_hidden_layers", encoder.layers());
    object.put("num_attention_heads", encoder.attentionHeads());
    object.put("intermediate_size", encoder.intermediateSize());
    object.put("hidden_dropout_prob", encoder.hiddenDropout());
    object.put("attention_probs_dropout_prob", encoder.attentionDropout());
  }
}
