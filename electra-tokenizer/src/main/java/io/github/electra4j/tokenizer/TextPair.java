package io.github.electra4j.tokenizer;

import java.util.Objects;

/**
 * Two texts that are encoded as one sequence: {@code [CLS] first [SEP] second [SEP]}.
 *
 * @param first the text of token type 0
 * @param second the text of token type 1; when it holds no piece, the pair is encoded as {@code
 *     first} alone
 */
public record TextPair(CharSequence first, CharSequence second) {
  /** Refuses nulls. */
  public TextPair {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
  }
}
