package io.github.electra4j.bench;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.tokenizer.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/**
 * HuggingFace's Rust tokenizer through DJL, set up as BERT's uncased one with the original's limit
 * of 200 characters per word, without truncation and padding.
 */
final class PeerTokenizer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_WORD_LENGTH = 200;

  private final HuggingFaceTokenizer tokenizer;

  private PeerTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Loads the tokenizer from a {@code tokenizer.json} in memory, without a limit of length. */
  static PeerTokenizer load(byte[] tokenizerJson) throws IOException {
    return load(tokenizerJson, Map.of("truncation", "DO_NOT_TRUNCATE", "padding", "DO_NOT_PAD"));
  }

  /** Loads the tokenizer with DJL's own options. */
  static PeerTokenizer load(byte[] tokenizerJson, Map<String, String> options) throws IOException {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    return new PeerTokenizer(
        HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizerJson), options));
  }

  /** The {@code tokenizer.json} of a BERT model with this vocabulary. */
  static byte[] describe(Vocabulary vocabulary) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    for (String piece : new String[] {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) {
      added
          .addObject()
          .put("id", vocabulary.requireId(piece))
          .put("content", piece)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.putObject("normalizer")
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .put("lowercase", true)
        .putNull("strip_accents");
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode joined = root.putObject("post_processor").put("type", "BertProcessing");
    joined.putArray("sep").add("[SEP]").add(vocabulary.requireId("[SEP]"));
    joined.putArray("cls").add("[CLS]").add(vocabulary.requireId("[CLS]"));
    ObjectNode model =
        root.putObject("model")
            .put("type", "WordPiece")
            .put("unk_token", "[UNK]")
            .put("continuing_subword_prefix", "##")
            .put("max_input_chars_per_word", MAX_WORD_LENGTH);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.piece(id), id);
    }
    return JSON.writeValueAsBytes(root);
  }

  /** Everything that DJL makes of a text, with special tokens. */
  Encoding encode(String text) {
    return tokenizer.encode(text, true, false);
  }

  /** Everything that DJL makes of a pair, with special tokens and what was cut off. */
  Encoding encode(String first, String second) {
    return tokenizer.encode(first, second, true, true);
  }

  /** Everything that DJL makes of a text, without special tokens; it cannot make ids alone. */
  Encoding encodeWithoutSpecialTokens(String text) {
    return tokenizer.encode(text, false, false);
  }

  /** Ids by the native calls only, past DJL's encoding. */
  long[] nativeIds(String text) {
    long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, false);
    long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
    TokenizersLibrary.LIB.deleteEncoding(encoding);
    return ids;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
