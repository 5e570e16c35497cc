package io.github.electra4j.train.masking;

/**
 * How masked positions are chosen (google-research/electra, pretrain/pretrain_helpers.py).
 *
 * @param clsId id of {@code [CLS]}, never masked
 * @param sepId id of {@code [SEP]}, never masked
 * @param maskId id of {@code [MASK]}, never masked itself
 * @param maskProbability share of the real tokens of an example to mask, in (0, 1)
 * @param maxPredictions most masked positions per example, at least 1
 * @param distinct whether the positions of an example differ from each other. The original draws
 *     with replacement, so that the same position may be drawn twice and then be replaced by the
 *     mean of two token ids; {@code false} does as it does
 */
public record MaskingRules(
    int clsId,
    int sepId,
    int maskId,
    double maskProbability,
    int maxPredictions,
    boolean distinct) {

  /** Added by the original before it truncates {@code probability × length}. */
  private static final double SLACK = 0.005;

  /** Checks every field. */
  public MaskingRules {
    requireProbability(maskProbability);
    if (clsId < 0 || sepId < 0 || maskId < 0) {
      throw new IllegalArgumentException(
          "MaskingRules has the ids [CLS] %d, [SEP] %d and [MASK] %d; take them from the vocabulary"
              .formatted(clsId, sepId, maskId));
    }
    if (maxPredictions < 1) {
      throw new IllegalArgumentException(
          "MaskingRules.maxPredictions is %d; at least one position must be masked, so make the sequences longer or mask more"
              .formatted(maxPredictions));
    }
  }

  /**
   * The original's rules for sequences of {@code length} tokens.
   *
   * @param special ids of the special tokens
   */
  public static MaskingRules of(SpecialIds special, double maskProbability, int length) {
    return new MaskingRules(
        special.cls(),
        special.sep(),
        special.mask(),
        maskProbability,
        maxPredictions(maskProbability, length),
        false);
  }

  /**
   * The special tokens that masking must know.
   *
   * @param cls id of {@code [CLS]}
   * @param sep id of {@code [SEP]}
   * @param mask id of {@code [MASK]}
   */
  public record SpecialIds(int cls, int sep, int mask) {}

  /** The same rules, with or without repeated positions. */
  public MaskingRules withDistinct(boolean differ) {
    return new MaskingRules(clsId, sepId, maskId, maskProbability, maxPredictions, differ);
  }

  /**
   * Slots for masked positions in a sequence of {@code length} tokens: {@code ⌊(probability +
   * 0.005) · length⌋}. Examples: 19 for 0.15 and 128, 130 for 0.25 and 512.
   */
  public static int maxPredictions(double maskProbability, int length) {
    requireProbability(maskProbability);
    return (int) ((maskProbability + SLACK) * length);
  }

  /**
   * How many positions are masked in an example of {@code tokens} real tokens: the share rounded
   * half to even in single precision, at least 1, at most {@link #maxPredictions}. Examples for
   * 0.15: 2 for 10 tokens, 4 for 30, 19 for 128.
   */
  public int count(int tokens) {
    int wanted = (int) Math.rint((float) tokens * (float) maskProbability);
    return Math.max(1, Math.min(maxPredictions, wanted));
  }

  /** Whether a real token may be masked. */
  boolean isCandidate(int id) {
    return id != clsId && id != sepId && id != maskId;
  }

  private static void requireProbability(double maskProbability) {
    if (!(maskProbability > 0 && maskProbability < 1)) {
      throw new IllegalArgumentException(
          "MaskingRules.maskProbability is %s; it must be in (0, 1), such as 0.15"
              .formatted(maskProbability));
    }
  }
}
