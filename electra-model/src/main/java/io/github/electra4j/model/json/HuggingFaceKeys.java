package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which keys a HuggingFace configuration of ELECTRA may have, and with which values. */
final class HuggingFaceKeys {
  static final String MODEL_TYPE = "electra";

  /** Added to the variance (reference model's layer normalisation). */
  static final double LAYER_NORM_EPSILON = 1e-12;

  /** The keys that say how large the network is. */
  static final List<String> SIZES =
      List.of(
          "vocab_size",
          "embedding_size",
          "max_position_embeddings",
          "type_vocab_size",
          "initializer_range");

  /** Keys with one supported value, checked by {@link #requireValues}. */
  static final List<String> CHECKED =
      List.of(
          "model_type",
          "hidden_act",
          "layer_norm_eps",
          "position_embedding_type",
          "is_decoder",
          "add_cross_attention",
          "is_encoder_decoder",
          "tie_word_embeddings",
          "pruned_heads");

  /** Keys about other things: classifiers, text generation, bookkeeping. */
  private static final List<String> INDIFFERENT =
      List.of(
          "architectures",
          "id2label",
          "label2id",
          "num_labels",
          "problem_type",
          "finetuning_task",
          "classifier_dropout",
          "summary_type",
          "summary_use_proj",
          "summary_activation",
          "summary_last_dropout",
          "summary_first_dropout",
          "summary_proj_to_labels",
          "generator_size",
          "task_specific_params",
          "pad_token_id",
          "bos_token_id",
          "eos_token_id",
          "sep_token_id",
          "cls_token_id",
          "mask_token_id",
          "unk_token_id",
          "decoder_start_token_id",
          "tokenizer_class",
          "prefix",
          "use_cache",
          "output_past",
          "return_dict",
          "return_dict_in_generate",
          "output_attentions",
          "output_hidden_states",
          "output_scores",
          "torchscript",
          "torch_dtype",
          "dtype",
          "use_bfloat16",
          "tf_legacy_loss",
          "gradient_checkpointing",
          "chunk_size_feed_forward",
          "cross_attention_hidden_size",
          "tie_encoder_decoder",
          "max_length",
          "min_length",
          "do_sample",
          "early_stopping",
          "num_beams",
          "num_beam_groups",
          "diversity_penalty",
          "temperature",
          "top_k",
          "top_p",
          "typical_p",
          "repetition_penalty",
          "length_penalty",
          "no_repeat_ngram_size",
          "encoder_no_repeat_ngram_size",
          "bad_words_ids",
          "num_return_sequences",
          "forced_bos_token_id",
          "forced_eos_token_id",
          "remove_invalid_values",
          "exponential_decay_length_penalty",
          "suppress_tokens",
          "begin_suppress_tokens",
          "name_or_path",
          "_name_or_path",
          "_commit_hash",
          "_num_labels",
          "attn_implementation",
          "_attn_implementation",
          "_attn_implementation_autoset",
          "transformers_version",
          "language",
          "xla_device");

  /** Most edits that turn a key into a mistyped one. */
  private static final int MISTYPED = 2;

  private HuggingFaceKeys() {}

  /** All keys of the dialect. */
  static List<String> known() {
    List<String> known = new ArrayList<>(SIZES);
    known.addAll(EncoderFields.KEYS);
    known.addAll(CHECKED);
    known.addAll(INDIFFERENT);
    return known;
  }

  /**
   * The keys that are unknown, which other libraries and programs add and Python accepts. One that
   * is a few letters off a key of the network is refused: it says how large the network is, and
   * would be overlooked.
   */
  static List<String> unknown(JsonFields fields) throws MalformedFileException {
    List<String> network = new ArrayList<>(SIZES);
    network.addAll(EncoderFields.KEYS);
    network.addAll(CHECKED);
    List<String> unknown = new ArrayList<>(fields.keys());
    unknown.removeAll(known());
    for (String key : unknown) {
      Optional<String> meant = NearestName.of(key, network, MISTYPED);
      if (meant.isPresent()) {
        throw MalformedFileException.in(
            fields.source(),
            "unknown key \"%s\"; the nearest known key is \"%s\". Correct it or remove it."
                .formatted(key, meant.get()));
      }
    }
    return unknown;
  }

  /** Refuses values that would make another network than ELECTRA. */
  static void requireValues(JsonFields fields) throws MalformedFileException {
    if (!fields.text("model_type", MODEL_TYPE).equals(MODEL_TYPE)) {
      throw fields.wrong("model_type", "\"electra\"; other models cannot be read");
    }
    ConfigValues.requireGelu(fields);
    if (fields.number("layer_norm_eps", LAYER_NORM_EPSILON) != LAYER_NORM_EPSILON) {
      throw fields.wrong("layer_norm_eps", "1e-12, the only one of ELECTRA");
    }
    if (!fields.text("position_embedding_type", "absolute").equals("absolute")) {
      throw fields.wrong("position_embedding_type", "\"absolute\", the only one of ELECTRA");
    }
    for (String key : List.of("is_decoder", "add_cross_attention", "is_encoder_decoder")) {
      if (fields.flag(key, false)) {
        throw fields.wrong(key, "false; ELECTRA is an encoder");
      }
    }
    if (!fields.flag("tie_word_embeddings", true)) {
      throw fields.wrong(
          "tie_word_embeddings", "true; a generator's output matrix is its embedding table");
    }
    JsonNode pruned = fields.raw("pruned_heads");
    if (pruned.size() > 0) {
      throw fields.wrong("pruned_heads", "empty; models with removed heads cannot be read");
    }
  }
}
