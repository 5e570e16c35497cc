package io.github.electra4j.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** Decides which pieces of a text, or of two, come into which encoding. */
final class WindowPlan {
  private final EncodeOptions options;

  WindowPlan(EncodeOptions options) {
    this.options = options;
  }

  /** Pieces of one text behind which nothing can matter, so that tokenizing may stop there. */
  int pieceLimit(boolean pair) {
    boolean cut = options.truncation() != Truncation.DO_NOT_TRUNCATE;
    return cut && !options.overflows() ? room(pair) : Integer.MAX_VALUE;
  }

  /** Pieces that fit into an encoding. */
  private int room(boolean pair) {
    return options.maxLength() - TokenLayout.specialTokens(options.specialTokens(), pair);
  }

  /** Refuses what cannot be planned, whatever the texts hold. */
  void requirePairsPossible() {
    if (options.overflows()
        && options.truncation() == Truncation.LONGEST_FIRST
        && options.maxLength() != EncodeOptions.NO_LIMIT) {
      throw new IllegalArgumentException(
          "EncodeOptions.stride is %d with truncation LONGEST_FIRST, which cuts both texts of a"
                  .formatted(options.stride())
              + " pair; windows slide over one text, so choose ONLY_FIRST or ONLY_SECOND");
    }
  }

  /** Windows over one text of {@code length} pieces, at least one. */
  List<Window> single(int length) {
    List<Window> windows = new ArrayList<>(1);
    for (int[] slice : slices(length, room(false))) {
      windows.add(new Window(slice[0], slice[1], 0, 0));
    }
    return windows;
  }

  /**
   * Windows over a pair, at least one.
   *
   * @param first pieces of the first text, perhaps none
   * @param second pieces of the second text, at least 1
   */
  List<Window> pair(int first, int second) {
    int room = room(true);
    if (first + second <= room) {
      return List.of(new Window(0, first, 0, second));
    }
    List<Window> windows = new ArrayList<>(1);
    switch (options.truncation()) {
      case LONGEST_FIRST -> {
        int kept = longestFirst(first, second, room);
        windows.add(new Window(0, kept, 0, room - kept));
      }
      case ONLY_FIRST -> {
        for (int[] slice : slices(first, roomBeside("second", second, room))) {
          windows.add(new Window(slice[0], slice[1], 0, second));
        }
      }
      case ONLY_SECOND -> {
        for (int[] slice : slices(second, roomBeside("first", first, room))) {
          windows.add(new Window(0, first, slice[0], slice[1]));
        }
      }
      case DO_NOT_TRUNCATE -> windows.add(new Window(0, first, 0, second));
    }
    return windows;
  }

  /**
   * Pieces that the first text keeps when the last piece of the longer text, of the second one when
   * both are equally long, is dropped until {@code room} are left.
   */
  static int longestFirst(int first, int second, int room) {
    int half = (room + 1) / 2;
    return Math.min(first, Math.max(half, room - second));
  }

  private int roomBeside(String whole, int length, int room) {
    if (length >= room) {
      throw new IllegalArgumentException(
          ("The %s text has %d pieces, which leaves no room for the other in a maxLength of %d."
                  + " Raise maxLength, or let truncation cut both texts (LONGEST_FIRST)")
              .formatted(whole, length, options.maxLength()));
    }
    return room - length;
  }

  /** Pairs of start and end: one slice, or as many as the stride asks for. */
  private List<int[]> slices(int length, int room) {
    if (length <= room || options.truncation() == Truncation.DO_NOT_TRUNCATE) {
      return List.of(new int[] {0, length});
    }
    if (!options.overflows()) {
      return List.of(new int[] {0, room});
    }
    int advance = room - options.stride();
    if (advance < 1) {
      throw new IllegalArgumentException(
          "EncodeOptions.stride is %d, but only %d pieces of the text fit beside the other; give less"
              .formatted(options.stride(), room));
    }
    List<int[]> slices = new ArrayList<>();
    int start = 0;
    for (; start + room < length; start += advance) {
      slices.add(new int[] {start, start + room});
    }
    slices.add(new int[] {start, length});
    return slices;
  }
}
