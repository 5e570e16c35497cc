package io.github.electra4j.train.task;

import java.util.Arrays;
import java.util.Objects;

/**
 * One example as the model sees it, before it is padded to a batch. Two examples are equal when
 * their numbers are; the arrays are not copied and must not be changed.
 *
 * @param id the {@link TextExample#id()} of the text it was made from
 * @param inputIds vocabulary indices {@code [seq]} including {@code [CLS]} and {@code [SEP]}; no
 *     padding, at least one
 * @param tokenTypeIds 0 for tokens of the first sentence, 1 for the second {@code [seq]}
 * @param target the index of the class, from 0, or the regression target normalised to [0, 1]
 */
public record TaskExample(long id, int[] inputIds, int[] tokenTypeIds, double target) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if {@code id} is negative, if there are no tokens, if the
   *     arrays differ in length, or if {@code target} is negative or not a finite number
   * @throws NullPointerException if an array is null
   */
  public TaskExample {
    Objects.requireNonNull(inputIds, "TaskExample.inputIds is null.");
    Objects.requireNonNull(tokenTypeIds, "TaskExample.tokenTypeIds is null.");
    if (id < 0) {
      throw new IllegalArgumentException(
          "TaskExample.id is %d; ids count examples from 0.".formatted(id));
    }
    if (inputIds.length == 0 || inputIds.length != tokenTypeIds.length) {
      throw new IllegalArgumentException(
          "Example %d has %d input ids and %d token type ids; it needs equally many, at least one."
              .formatted(id, inputIds.length, tokenTypeIds.length));
    }
    if (!(target >= 0) || Double.isInfinite(target)) {
      throw new IllegalArgumentException(
          "Example %d has the target %s; pass a class index from 0 or a score in [0, 1]."
              .formatted(id, target));
    }
  }

  /** The number of tokens. */
  public int length() {
    return inputIds.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaskExample example
        && id == example.id
        && Double.compare(target, example.target) == 0
        && Arrays.equals(inputIds, example.inputIds)
        && Arrays.equals(tokenTypeIds, example.tokenTypeIds);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(id, target, Arrays.hashCode(tokenTypeIds)) + Arrays.hashCode(inputIds);
  }

  @Override
  public String toString() {
    return "TaskExample[id=%d, inputIds=%s, tokenTypeIds=%s, target=%s]"
        .formatted(id, Arrays.toString(inputIds), Arrays.toString(tokenTypeIds), target);
  }
}
