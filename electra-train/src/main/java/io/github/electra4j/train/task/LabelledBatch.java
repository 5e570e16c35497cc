package io.github.electra4j.train.task;

import io.github.electra4j.model.TokenBatch;
import java.util.Collections;
import java.util.List;

/**
 * Examples as one rectangle of tokens, with their targets. An example takes as many rows as its
 * target has sequences, one after the other.
 *
 * @param tokens [sequences, seq]
 * @param tasks name of the head that each example is for, [examples]
 * @param targets what the heads shall answer, [examples]
 */
public record LabelledBatch(TokenBatch tokens, List<String> tasks, List<TaskTarget> targets) {
  /** Lengths are padded to a multiple of this, so that few different shapes occur. */
  private static final int LENGTH_STEP = 8;

  /** Checks that every row belongs to an example. */
  public LabelledBatch {
    tasks = List.copyOf(tasks);
    targets = List.copyOf(targets);
    int rows = targets.stream().mapToInt(TaskTarget::sequences).sum();
    if (rows != tokens.batch() || tasks.size() != targets.size()) {
      throw new IllegalArgumentException(
          "LabelledBatch has %d tasks and %d targets, for %d sequences, but %d sequences of tokens"
              .formatted(tasks.size(), targets.size(), rows, tokens.batch()));
    }
  }

  /** A batch for one head. */
  public static LabelledBatch of(String task, TokenBatch tokens, List<TaskTarget> targets) {
    return new LabelledBatch(tokens, Collections.nCopies(targets.size(), task), targets);
  }

  /**
   * Pads examples to the longest of them, rounded up to a multiple of 8 but not beyond {@code
   * longest}.
   *
   * @param longest the most tokens that the model reads
   */
  public static LabelledBatch of(List<TaskExample> examples, int longest) {
    int seq = examples.stream().mapToInt(TaskExample::length).max().orElseThrow();
    int rounded = (seq + LENGTH_STEP - 1) / LENGTH_STEP * LENGTH_STEP;
    return padded(examples, Math.max(seq, Math.min(rounded, longest)));
  }

  /** Pads examples to exactly {@code seq} tokens. */
  public static LabelledBatch padded(List<TaskExample> examples, int seq) {
    List<TokenSequence> rows =
        examples.stream().flatMap(example -> example.sequences().stream()).toList();
    return new LabelledBatch(
        TokenBatch.padded(
            rows.stream().map(TokenSequence::inputIds).toList(),
            rows.stream().map(TokenSequence::tokenTypeIds).toList(),
            seq),
        examples.stream().map(TaskExample::task).toList(),
        examples.stream().map(TaskExample::target).toList());
  }

  /** Number of examples. */
  public int examples() {
    return targets.size();
  }
}
