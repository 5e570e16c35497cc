package io.github.electra4j.tokenizer;

import java.util.Objects;

/**
 * What happens to a text before its words are looked up. The presets are those of the published
 * models.
 *
 * @param lowerCase whether the text is lower-cased
 * @param stripAccents whether accents are removed
 * @param splitCjk whether every CJK ideograph becomes a word of its own
 * @param maxWordLength a word of more code points than this becomes {@code [UNK]}; 200 in the
 *     original
 */
public record TokenizerOptions(
    boolean lowerCase, StripAccents stripAccents, boolean splitCjk, int maxWordLength) {

  /** Length in code points from which the original takes no word apart. */
  private static final int ORIGINAL_MAX_WORD_LENGTH = 200;

  /** Checks that the word length is positive. */
  public TokenizerOptions {
    Objects.requireNonNull(stripAccents, "stripAccents");
    if (maxWordLength < 1) {
      throw new IllegalArgumentException(
          "TokenizerOptions.maxWordLength is %d; give at least 1, or 200 as in the original"
              .formatted(maxWordLength));
    }
  }

  /** For uncased vocabularies: lower-casing, accents removed. */
  public static TokenizerOptions uncased() {
    return new TokenizerOptions(
        true, StripAccents.FOLLOW_LOWER_CASE, true, ORIGINAL_MAX_WORD_LENGTH);
  }

  /** For cased vocabularies: case and accents kept. */
  public static TokenizerOptions cased() {
    return uncased().withLowerCase(false);
  }

  /** Whether accents are removed, all things considered. */
  public boolean stripsAccents() {
    return switch (stripAccents) {
      case FOLLOW_LOWER_CASE -> lowerCase;
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }

  /** These options with another {@link #lowerCase()}. */
  public TokenizerOptions withLowerCase(boolean lowerCase) {
    return new TokenizerOptions(lowerCase, stripAccents, splitCjk, maxWordLength);
  }

  /** These options with another {@link #stripAccents()}. */
  public TokenizerOptions withStripAccents(StripAccents stripAccents) {
    return new TokenizerOptions(lowerCase, stripAccents, splitCjk, maxWordLength);
  }

  /** These options with another {@link #splitCjk()}. */
  public TokenizerOptions withSplitCjk(boolean splitCjk) {
    return new TokenizerOptions(lowerCase, stripAccents, splitCjk, maxWordLength);
  }

  /** These options with another {@link #maxWordLength()}. */
  public TokenizerOptions withMaxWordLength(int maxWordLength) {
    return new TokenizerOptions(lowerCase, stripAccents, splitCjk, maxWordLength);
  }
}
