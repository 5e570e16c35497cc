package io.github.electra4j.convert.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.TextSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code tokenizer.json} of HuggingFace's fast tokenizers: the whole way from text to ids, as
 * ELECTRA has it, in one file.
 */
public final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLASSIFIER = "[CLS]";
  private static final String SEPARATOR = "[SEP]";
  private static final List<String> SPECIAL =
      List.of("[PAD]", "[UNK]", CLASSIFIER, SEPARATOR, "[MASK]");

  /** Longest word that is looked up, in letters (google-research/electra, WordpieceTokenizer). */
  private static final int LONGEST_WORD = 200;

  private final TextSettings text;
  private final Map<String, Integer> ids = new LinkedHashMap<>();

  private TokenizerJson(TextSettings text) {
    this.text = text;
  }

  /**
   * The text of the file; empty if the vocabulary has a piece twice or lacks a special token, so
   * that there is no such file for it.
   */
  public static Optional<String> write(TextSettings text) {
    TokenizerJson json = new TokenizerJson(text);
    return json.readPieces() ? Optional.of(JsonText.of(json.root())) : Optional.empty();
  }

  /** The text of {@code special_tokens_map.json}, the same for every model. */
  static String specialTokens() {
    ObjectNode root = JSON.createObjectNode();
    for (String token : List.of("cls", "mask", "pad", "sep", "unk")) {
      root.put(token + "_token", "[" + token.toUpperCase(Locale.ROOT) + "]");
    }
    return JsonText.of(root);
  }

  /** Whether every piece has an id of its own and the special tokens are there. */
  private boolean readPieces() {
    String whole = new String(text.vocabulary(), StandardCharsets.UTF_8);
    String[] lines = whole.split("\n", -1);
    int pieces = text.pieces(); // counts line breaks, so once
    for (int i = 0; i < pieces; i++) {
      if (ids.put(lines[i].strip(), i) != null) {
        return false;
      }
    }
    return ids.keySet().containsAll(SPECIAL);
  }

  private ObjectNode root() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    addSpecialTokens(root.putArray("added_tokens"));
    ObjectNode normalizer = root.putObject("normalizer").put("type", "BertNormalizer");
    normalizer.put("clean_text", true).put("handle_chinese_chars", true);
    normalizer.put("strip_accents", text.stripAccents().orElse(null));
    normalizer.put("lowercase", text.lowerCase());
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    addTemplate(root.putObject("post_processor"));
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model").put("type", "WordPiece");
    model.put("unk_token", "[UNK]").put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", LONGEST_WORD);
    ObjectNode vocabulary = model.putObject("vocab");
    ids.forEach(vocabulary::put);
    return root;
  }

  private void addSpecialTokens(ArrayNode tokens) {
    SPECIAL.stream()
        .sorted(java.util.Comparator.comparing(ids::get))
        .forEach(
            token ->
                tokens
                    .addObject()
                    .put("id", ids.get(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true));
  }

  /** {@code [CLS] A [SEP]} and {@code [CLS] A [SEP] B [SEP]}, B of token type 1. */
  private void addTemplate(ObjectNode processor) {
    processor.put("type", "TemplateProcessing");
    ArrayNode single = processor.putArray("single");
    special(single, CLASSIFIER, 0);
    sequence(single, "A", 0);
    special(single, SEPARATOR, 0);
    ArrayNode pair = processor.putArray("pair");
    pair.addAll(single);
    sequence(pair, "B", 1);
    special(pair, SEPARATOR, 1);
    ObjectNode tokens = processor.putObject("special_tokens");
    for (String token : List.of(CLASSIFIER, SEPARATOR)) {
      ObjectNode description = tokens.putObject(token).put("id", token);
      description.putArray("ids").add(ids.get(token));
      description.putArray("tokens").add(token);
    }
  }

  private static void special(ArrayNode steps, String token, int type) {
    steps.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
  }

  private static void sequence(ArrayNode steps, String name, int type) {
    steps.addObject().putObject("Sequence").put("id", name).put("type_id", type);
  }
}
