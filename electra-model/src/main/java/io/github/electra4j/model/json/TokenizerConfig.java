package io.github.electra4j.model.json;

import java.util.Objects;
import java.util.Optional;

/**
 * What {@code tokenizer_config.json} says about text.
 *
 * @param lowerCase whether text is lower-cased first
 * @param stripAccents whether accents are removed; empty to follow {@code lowerCase}
 */
public record TokenizerConfig(boolean lowerCase, Optional<Boolean> stripAccents) {
  /** Checks for null. */
  public TokenizerConfig {
    Objects.requireNonNull(stripAccents, "stripAccents");
  }
}
