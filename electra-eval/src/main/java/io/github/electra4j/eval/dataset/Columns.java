package io.github.electra4j.eval.dataset;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where an example's parts stand in a line of a tab-separated file. Columns count from 0; negative
 * ones from the end of the line, −1 being the last. Example: {@code Columns.headed(1, 2).label(3)}.
 *
 * @param header whether the first line names the columns
 * @param textA the sentence, or the first of a pair
 * @param textB the second sentence; empty for tasks of single sentences
 * @param label the label; empty for splits that are published without
 */
public record Columns(boolean header, int textA, OptionalInt textB, OptionalInt label) {
  /** Single sentences below a header, without labels. */
  public static Columns headed(int textA) {
    return new Columns(true, textA, OptionalInt.empty(), OptionalInt.empty());
  }

  /** Pairs below a header, without labels. */
  public static Columns headed(int textA, int textB) {
    return new Columns(true, textA, OptionalInt.of(textB), OptionalInt.empty());
  }

  /** Single sentences from the first line on, without labels. */
  public static Columns headless(int textA) {
    return new Columns(false, textA, OptionalInt.empty(), OptionalInt.empty());
  }

  /** Pairs from the first line on, without labels. */
  public static Columns headless(int textA, int textB) {
    return new Columns(false, textA, OptionalInt.of(textB), OptionalInt.empty());
  }

  /** The same with labels in column {@code label}. */
  public Columns label(int label) {
    return new Columns(header, textA, textB, OptionalInt.of(label));
  }

  /** The fewest columns that a line may have. */
  int fewest() {
    return used().map(column -> column < 0 ? -column : column + 1).max().orElseThrow();
  }

  /** Whether a part is found from the end of the line. */
  boolean countFromTheEnd() {
    return used().anyMatch(column -> column < 0);
  }

  private IntStream used() {
    return IntStream.concat(IntStream.of(textA), IntStream.concat(textB.stream(), label.stream()));
  }
}
