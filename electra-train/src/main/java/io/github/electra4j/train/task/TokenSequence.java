package io.github.electra4j.train.task;

import java.util.Arrays;

/**
 * One sequence as the model reads it, unpadded. The arrays are not copied and must not be changed.
 *
 * @param inputIds vocabulary indices including {@code [CLS]} and {@code [SEP]}, at least one
 * @param tokenTypeIds 0 or 1 for every token, as many
 */
public record TokenSequence(int[] inputIds, int[] tokenTypeIds) {
  /** Checks that there are tokens, and as many token types. */
  public TokenSequence {
    if (inputIds.length == 0 || inputIds.length != tokenTypeIds.length) {
      throw new IllegalArgumentException(
          "A sequence has %d input ids and %d token type ids; it needs equally many, at least one."
              .formatted(inputIds.length, tokenTypeIds.length));
    }
  }

  /** The number of tokens. */
  public int length() {
    return inputIds.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSequence sequence
        && Arrays.equals(inputIds, sequence.inputIds)
        && Arrays.equals(tokenTypeIds, sequence.tokenTypeIds);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(inputIds) + Arrays.hashCode(tokenTypeIds);
  }

  @Override
  public String toString() {
    return "TokenSequence[inputIds=%s, tokenTypeIds=%s]"
        .formatted(Arrays.toString(inputIds), Arrays.toString(tokenTypeIds));
  }
}
