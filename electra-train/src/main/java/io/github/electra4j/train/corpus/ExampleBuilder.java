package io.github.electra4j.train.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Packs the lines of documents into examples, exactly as the original's builder does: lines are
 * collected until they fill an example or the document ends, and are then distributed over two
 * segments. What does not fit is discarded, and a short line that comes late may end up in the
 * first segment.
 *
 * <p>The wanted length of the next example is drawn when one is made, and lines of a document that
 * ends early count as an example of their own; so the builder has a state that outlives documents.
 * One builder sees all lines of a corpus, in order. Not for several threads at once.
 */
public final class ExampleBuilder {
  /** Examples of one segment only, whatever their length (the original's probability). */
  private static final double SINGLE_SEGMENT = 0.1;

  /** Where the first segment ends in such an example: never. */
  private static final int NO_END = 100_000;

  /** Whether a line that crosses the middle belongs to the first segment. */
  private static final double CROSSING_LINE = 0.5;

  /** Examples that are shorter than necessary. */
  private static final double SHORT = 0.05;

  private static final int SHORTEST = 5;

  private final int maxLength;
  private final PackedExample.SegmentEnds ends;
  private final ExampleRandom random;
  private final List<int[]> lines = new ArrayList<>();
  private int count; // of tokens in lines
  private int targetLength;

  /**
   * @param maxLength tokens of an example, special tokens and padding included; at least 5
   * @param ends ids of {@code [CLS]} and {@code [SEP]}
   * @param random draws, in the original's order: single segment or not, coins for lines that cross
   *     the middle, short or not, how short
   */
  public ExampleBuilder(int maxLength, PackedExample.SegmentEnds ends, ExampleRandom random) {
    if (maxLength < SHORTEST) {
      throw new IllegalArgumentException(
          "Examples of %d tokens are too short; give a length of at least %d, e.g. 128"
              .formatted(maxLength, SHORTEST));
    }
    this.maxLength = maxLength;
    this.targetLength = maxLength;
    this.ends = ends;
    this.random = random;
  }

  /**
   * Takes a line.
   *
   * @param ids its tokens, without special tokens; not copied
   * @return the example that it completes, if it completes one
   */
  public Optional<PackedExample> addLine(int[] ids) {
    lines.add(ids);
    count += ids.length;
    return count >= targetLength ? Optional.of(makeExample()) : Optional.empty();
  }

  /**
   * Ends a document, which an empty line and the end of a file do.
   *
   * @return the example made of the lines that are left, if there are any
   */
  public Optional<PackedExample> endDocument() {
    return count == 0 ? Optional.empty() : Optional.of(makeExample());
  }

  private PackedExample makeExample() {
    int firstTarget = random.uniform() < SINGLE_SEGMENT ? NO_END : (targetLength - 3) / 2;
    Tokens first = new Tokens(count);
    Tokens second = new Tokens(count);
    for (int[] line : lines) {
      boolean toFirst =
          first.count == 0
              || first.count + line.length < firstTarget
              || (second.count == 0
                  && first.count < firstTarget
                  && random.uniform() < CROSSING_LINE);
      (toFirst ? first : second).add(line);
    }
    int[] head = first.upTo(maxLength - 2); // [CLS] and [SEP] come on top
    int[] tail = second.upTo(Math.max(0, maxLength - head.length - 3));
    lines.clear();
    count = 0;
    targetLength = random.uniform() < SHORT ? random.integer(SHORTEST, maxLength) : maxLength;
    return PackedExample.of(head, tail, ends, maxLength);
  }

  /** A growing segment. */
  private static final class Tokens {
    private final int[] ids;
    private int count;

    Tokens(int capacity) {
      this.ids = new int[capacity];
    }

    void add(int[] more) {
      System.arraycopy(more, 0, ids, count, more.length);
      count += more.length;
    }

    int[] upTo(int limit) {
      return Arrays.copyOf(ids, Math.min(count, limit));
    }
  }
}
