package io.github.electra4j.convert.huggingface;

import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.json.TokenizerConfig;
import io.github.electra4j.model.json.TokenizerConfigJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The files that HuggingFace's tokenizers are made from. */
public final class TextFiles {
  /** One piece per line. */
  public static final String VOCABULARY = "vocab.txt";

  /** What the slow tokenizer wants to know. */
  public static final String CONFIG = "tokenizer_config.json";

  /** Everything that the fast tokenizer wants to know. */
  public static final String TOKENIZER = "tokenizer.json";

  /** The names of the special tokens. */
  public static final String SPECIAL_TOKENS = "special_tokens_map.json";

  /** The names of all these files. */
  public static final Set<String> NAMES = Set.of(VOCABULARY, CONFIG, TOKENIZER, SPECIAL_TOKENS);

  private TextFiles() {}

  /**
   * Writes them into a folder; {@code tokenizer.json} only if {@link TokenizerJson#write} can.
   *
   * @param maxPositions longest sequence of the model, in tokens
   */
  public static void write(Path folder, TextSettings text, int maxPositions) throws IOException {
    Files.write(folder.resolve(VOCABULARY), text.vocabulary());
    TokenizerConfig settings = new TokenizerConfig(text.lowerCase(), text.stripAccents());
    write(folder.resolve(CONFIG), TokenizerConfigJson.write(settings, maxPositions));
    write(folder.resolve(SPECIAL_TOKENS), TokenizerJson.specialTokens());
    Optional<String> tokenizer = TokenizerJson.write(text);
    if (tokenizer.isPresent()) {
      write(folder.resolve(TOKENIZER), tokenizer.get());
    }
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }
}
