package io.github.electra4j.train.corpus;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A pre-training example: {@code [CLS]} first segment {@code [SEP]}, a second segment and another
 * {@code [SEP]} if there is one, and padding. All three arrays are {@code [seq]} and not copied.
 *
 * @param inputIds vocabulary indices, 0 for padding
 * @param attentionMask 1 for a real token, 0 for padding
 * @param tokenTypeIds 0 for {@code [CLS]}, the first segment and its {@code [SEP]}, 1 for the
 *     second segment and its {@code [SEP]}, 0 for padding
 */
public record PackedExample(int[] inputIds, int[] attentionMask, int[] tokenTypeIds) {
  /** Checks that the arrays have one length. */
  public PackedExample {
    if (attentionMask.length != inputIds.length || tokenTypeIds.length != inputIds.length) {
      throw new IllegalArgumentException(
          "PackedExample has %d ids, %d values in its mask and %d token types; all must be equal"
              .formatted(inputIds.length, attentionMask.length, tokenTypeIds.length));
    }
  }

  /**
   * Puts segments together.
   *
   * @param first ids of the first segment
   * @param second ids of the second segment; empty if there is none
   * @param seq number of tokens with padding
   */
  static PackedExample of(int[] first, int[] second, SegmentEnds ends, int seq) {
    int[] ids = new int[seq];
    int[] mask = new int[seq];
    int[] types = new int[seq];
    ids[0] = ends.cls();
    System.arraycopy(first, 0, ids, 1, first.length);
    int length = first.length + 2;
    ids[length - 1] = ends.sep();
    if (second.length > 0) {
      System.arraycopy(second, 0, ids, length, second.length);
      Arrays.fill(types, length, length + second.length + 1, 1);
      length += second.length + 1;
      ids[length - 1] = ends.sep();
    }
    Arrays.fill(mask, 0, length, 1);
    return new PackedExample(ids, mask, types);
  }

  /**
   * The tokens around the segments.
   *
   * @param cls id of {@code [CLS]}
   * @param sep id of {@code [SEP]}
   */
  public record SegmentEnds(int cls, int sep) {}

  /** Number of tokens with padding. */
  public int seq() {
    return inputIds.length;
  }

  /** Number of tokens without padding. */
  public int length() {
    return IntStream.of(attentionMask).sum();
  }

  /** Whether there is a second segment. */
  public boolean hasTwoSegments() {
    return IntStream.of(tokenTypeIds).anyMatch(type -> type == 1);
  }

  /** Whether the other example has the same tokens. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PackedExample example
        && Arrays.equals(inputIds, example.inputIds)
        && Arrays.equals(attentionMask, example.attentionMask)
        && Arrays.equals(tokenTypeIds, example.tokenTypeIds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(inputIds);
  }

  @Override
  public String toString() {
    return "PackedExample" + Arrays.toString(inputIds);
  }
}
