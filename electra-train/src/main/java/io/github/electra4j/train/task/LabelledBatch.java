package io.github.electra4j.train.task;

import io.github.electra4j.model.TokenBatch;
import java.util.List;

/**
 * Examples as one rectangle of tokens, with their targets.
 *
 * @param tokens [batch, seq]
 * @param targets class index or normalised value of each example, [batch]
 */
public record LabelledBatch(TokenBatch tokens, double[] targets) {
  /** Lengths are padded to a multiple of this, so that few different shapes occur. */
  private static final int LENGTH_STEP = 8;

  /** Checks that there is a target for every sequence. */
  public LabelledBatch {
    if (targets.length != tokens.batch()) {
      throw new IllegalArgumentException(
          "LabelledBatch has %d targets for %d sequences"
              .formatted(targets.length, tokens.batch()));
    }
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
    return new LabelledBatch(
        TokenBatch.padded(
            examples.stream().map(TaskExample::inputIds).toList(),
            examples.stream().map(TaskExample::tokenTypeIds).toList(),
            seq),
        examples.stream().mapToDouble(TaskExample::target).toArray());
  }
}
