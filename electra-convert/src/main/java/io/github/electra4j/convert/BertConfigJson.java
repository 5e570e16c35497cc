package io.github.electra4j.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.ElectraConfig;

/** The original's transformer configuration, under its own keys. */
final class BertConfigJson {
  private BertConfigJson() {}

  /** {@code bert_config.json} for the discriminator's encoder. */
  static String write(ElectraConfig config) {
    ObjectNode object = new ObjectMapper().createObjectNode();
    object.put("vocab_size", config.vocabSize());
    object.put("hidden_size", config.encoder().hiddenSize());
    object.put("num_hidden_layers", config.encoder().layers());
    object.put("num_attention_heads", config.encoder().attentionHeads());
    object.put("hidden_act", "gelu");
    object.put("intermediate_size", config.encoder().intermediateSize());
    object.put("hidden_dropout_prob", config.encoder().hiddenDropout());
    object.put("attention_probs_dropout_prob", config.encoder().attentionDropout());
    object.put("max_position_embeddings", config.maxPositions());
    object.put("type_vocab_size", config.tokenTypes());
    object.put("initializer_range", config.initializerRange());
    return object.toPrettyString() + "\n";
  }
}
