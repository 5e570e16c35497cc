package io.github.electra4j.train.task;

import java.util.List;
import java.util.Objects;

/**
 * One example as the model sees it, before it is padded to a batch.
 *
 * @param id a number that the features were given, at least 0
 * @param task name of the head that it is for
 * @param sequences its tokens; several where the head chooses among candidates
 * @param target what the head shall answer
 */
public record TaskExample(long id, String task, List<TokenSequence> sequences, TaskTarget target) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if {@code id} is negative or the number of sequences is not
   *     the target's
   */
  public TaskExample {
    Objects.requireNonNull(task, "TaskExample.task is null.");
    Objects.requireNonNull(target, "TaskExample.target is null.");
    sequences = List.copyOf(sequences);
    if (id < 0) {
      throw new IllegalArgumentException(
          "TaskExample.id is %d; ids count examples from 0.".formatted(id));
    }
    if (sequences.size() != target.sequences()) {
      throw new IllegalArgumentException(
          "Example %d has %d sequences; its target %s needs %d."
              .formatted(id, sequences.size(), target, target.sequences()));
    }
  }

  /** An example of one sequence. */
  public static TaskExample of(
      long id, String task, int[] inputIds, int[] tokenTypeIds, TaskTarget target) {
    return new TaskExample(id, task, List.of(new TokenSequence(inputIds, tokenTypeIds)), target);
  }

  /** The number of tokens of the longest sequence. */
  public int length() {
    return sequences.stream().mapToInt(TokenSequence::length).max().orElse(0);
  }

  /** Vocabulary indices of the first sequence, {@code [seq]}; not to be changed. */
  public int[] inputIds() {
    return sequences.get(0).inputIds();
  }

  /** Token types of the first sequence, {@code [seq]}; not to be changed. */
  public int[] tokenTypeIds() {
    return sequences.get(0).tokenTypeIds();
  }

  /** The same example with another target. */
  public TaskExample withTarget(TaskTarget other) {
    return new TaskExample(id, task, sequences, other);
  }
}
