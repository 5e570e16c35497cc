package io.github.electra4j.tokenizer;

import java.util.Objects;

/**
 * The shape of an {@link Encoding}: special tokens, length, what is cut, what is filled up.
 *
 * <pre>{@code
 * EncodeOptions.maxLength(384).withTruncation(Truncation.ONLY_SECOND).withOverflow(128)
 * }</pre>
 *
 * @param specialTokens whether {@code [CLS]} and {@code [SEP]} are added
 * @param maxLength longest encoding in tokens, special tokens included; {@link #NO_LIMIT} for any
 * @param truncation which text is cut to get there
 * @param stride tokens that a window shares with the one before it, when what is cut off comes as
 *     further encodings ({@link Encoding#overflow()}); {@link #NO_OVERFLOW} when it is dropped
 * @param padding how far the encoding is filled up
 */
public record EncodeOptions(
    boolean specialTokens, int maxLength, Truncation truncation, int stride, Padding padding) {

  /** A {@link #maxLength()} that never cuts. */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  /** A {@link #stride()} that drops what is cut off. */
  public static final int NO_OVERFLOW = -1;

  private static final int SINGLE_SPECIAL_TOKENS = 2; // [CLS] and [SEP]
  private static final int PAIR_SPECIAL_TOKENS = 3; // and another [SEP]

  /** Checks the numbers against each other. */
  public EncodeOptions {
    Objects.requireNonNull(truncation, "truncation");
    Objects.requireNonNull(padding, "padding");
    int least = specialTokens ? PAIR_SPECIAL_TOKENS + 1 : 1;
    if (maxLength < least) {
      throw new IllegalArgumentException(
          "EncodeOptions.maxLength is %d; give at least %d%s"
              .formatted(maxLength, least, specialTokens ? " to hold [CLS], [SEP], [SEP]" : ""));
    }
    int room = specialTokens ? maxLength - SINGLE_SPECIAL_TOKENS : maxLength;
    if (stride < NO_OVERFLOW || stride >= room) {
      throw new IllegalArgumentException(
          "EncodeOptions.stride is %d with maxLength %d; windows must advance, so give 0 to %d"
              .formatted(stride, maxLength, room - 1));
    }
    if (padding.target() == Padding.Target.MAX_LENGTH && maxLength == NO_LIMIT) {
      throw new IllegalArgumentException(
          "EncodeOptions.padding goes to maxLength, which has no limit; give a maxLength or"
              + " Padding.longest()");
    }
  }

  /** Special tokens, any length, no padding. */
  public static EncodeOptions defaults() {
    return new EncodeOptions(true, NO_LIMIT, Truncation.LONGEST_FIRST, NO_OVERFLOW, Padding.none());
  }

  /**
   * Special tokens, cut as the original does, no padding.
   *
   * @param maxLength longest encoding in tokens, special tokens included
   */
  public static EncodeOptions maxLength(int maxLength) {
    return defaults().withMaxLength(maxLength);
  }

  /** Whether what is cut off comes as further encodings. */
  public boolean overflows() {
    return stride != NO_OVERFLOW;
  }

  /** These options with another {@link #specialTokens()}. */
  public EncodeOptions withSpecialTokens(boolean specialTokens) {
    return new EncodeOptions(specialTokens, maxLength, truncation, stride, padding);
  }

  /** These options with another {@link #maxLength()}. */
  public EncodeOptions withMaxLength(int maxLength) {
    return new EncodeOptions(specialTokens, maxLength, truncation, stride, padding);
  }

  /** These options with another {@link #truncation()}. */
  public EncodeOptions withTruncation(Truncation truncation) {
    return new EncodeOptions(specialTokens, maxLength, truncation, stride, padding);
  }

  /**
   * These options with windows over what would be cut off.
   *
   * @param stride tokens that a window shares with the one before it, at least 0
   */
  public EncodeOptions withOverflow(int stride) {
    if (stride < 0) {
      throw new IllegalArgumentException(
          "EncodeOptions.stride is %d; give at least 0, or use withoutOverflow()"
              .formatted(stride));
    }
    return new EncodeOptions(specialTokens, maxLength, truncation, stride, padding);
  }

  /** These options with what is cut off dropped. */
  public EncodeOptions withoutOverflow() {
    return new EncodeOptions(specialTokens, maxLength, truncation, NO_OVERFLOW, padding);
  }

  /** These options with another {@link #padding()}. */
  public EncodeOptions withPadding(Padding padding) {
    return new EncodeOptions(specialTokens, maxLength, truncation, stride, padding);
  }
}
