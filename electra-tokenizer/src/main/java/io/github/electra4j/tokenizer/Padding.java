package io.github.electra4j.tokenizer;

import java.util.Objects;

/**
 * How far encodings are filled up with {@code [PAD]} on the right.
 *
 * @param target the length that is aimed at
 * @param multiple the padded length is rounded up to a multiple of this, at least 1
 */
public record Padding(Target target, int multiple) {

  /** The length that is aimed at, before it is rounded up. */
  public enum Target {
    /** No padding at all. */
    NONE,
    /** The longest encoding of the batch. */
    LONGEST,
    /** {@link EncodeOptions#maxLength()}. */
    MAX_LENGTH
  }

  /** Checks that the multiple is positive, and 1 when nothing is padded. */
  public Padding {
    Objects.requireNonNull(target, "target");
    if (multiple < 1 || (target == Target.NONE && multiple != 1)) {
      throw new IllegalArgumentException(
          "Padding.multiple is %d for target %s; give at least 1, and exactly 1 for NONE"
              .formatted(multiple, target));
    }
  }

  /** No padding. */
  public static Padding none() {
    return new Padding(Target.NONE, 1);
  }

  /** To the longest encoding of the batch. */
  public static Padding longest() {
    return new Padding(Target.LONGEST, 1);
  }

  /** To {@link EncodeOptions#maxLength()}. */
  public static Padding maxLength() {
    return new Padding(Target.MAX_LENGTH, 1);
  }

  /**
   * The same target rounded up, e.g. {@code Padding.longest().toMultipleOf(8)}.
   *
   * @param multiple at least 1
   */
  public Padding toMultipleOf(int multiple) {
    return new Padding(target, multiple);
  }
}
