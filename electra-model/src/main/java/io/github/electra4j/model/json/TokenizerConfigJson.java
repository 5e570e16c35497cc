package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Optional;

/**
 * The {@code tokenizer_config.json} beside a vocabulary, in HuggingFace's words. Only {@code
 * do_lower_case} and {@code strip_accents} are read; the file's other keys, which differ from
 * version to version, describe special tokens that ELECTRA does not vary.
 */
public final class TokenizerConfigJson {
  private TokenizerConfigJson() {}

  /**
   * Reads a file. {@code do_lower_case} must be there, because no guess about it is safe; {@code
   * strip_accents} may be absent or null.
   */
  public static TokenizerConfig read(JsonFields fields) throws MalformedFileException {
    return new TokenizerConfig(
        fields.flag("do_lower_case"),
        fields.has("strip_accents") ? Optional.of(fields.flag("strip_accents")) : Optional.empty());
  }

  /**
   * The text of the file.
   *
   * @param maxPositions longest sequence of the model, in tokens
   */
  public static String write(TokenizerConfig config, int maxPositions) {
    ObjectNode object = JsonFields.object();
    object.put("tokenizer_class", "ElectraTokenizer");
    object.put("do_lower_case", config.lowerCase());
    object.put("strip_accents", config.stripAccents().orElse(null));
    object.put("model_max_length", maxPositions);
    return JsonFields.write(object);
  }
}
