package io.github.electra4j.train.answer;

import io.github.electra4j.train.task.TaskExample;
import java.util.List;

/** A question as the model reads it: one window after the other over its text. */
public final class QuestionWindows {
  private final Question question;
  private final ContextPieces pieces;
  private final int contextStart;
  private final List<Window> windows;

  QuestionWindows(Question question, ContextPieces pieces, int contextStart, List<Window> windows) {
    this.question = question;
    this.pieces = pieces;
    this.contextStart = contextStart;
    this.windows = List.copyOf(windows);
  }

  /**
   * A window.
   *
   * @param example its tokens; the id is 1000 times that of the question plus the window's number
   * @param start first piece of the text in the window
   * @param length number of the text's pieces in the window
   */
  public record Window(TaskExample example, int start, int length) {}

  /** The question. */
  public Question question() {
    return question;
  }

  /** The windows; none if the text has no pieces. */
  public List<Window> windows() {
    return windows;
  }

  /** The examples of all windows. */
  public List<TaskExample> examples() {
    return windows.stream().map(Window::example).toList();
  }

  /** Position of the first token of the text in every window. */
  public int contextStart() {
    return contextStart;
  }

  /**
   * The word of the text that a token is part of; words are separated by white space.
   *
   * @param position from {@link #contextStart} to before the final {@code [SEP]}
   */
  public int word(int window, int position) {
    return pieces.word(windows.get(window).start() + position - contextStart);
  }

  /** Whether the token at a position of a window belongs to the text. */
  public boolean isContext(int window, int position) {
    return position >= contextStart && position < contextStart + windows.get(window).length();
  }

  /**
   * Whether no other window shows more text around a token: the lesser of its left and right
   * context, plus a hundredth of the window's length; of equal windows the first.
   */
  public boolean isMaxContext(int window, int position) {
    int piece = windows.get(window).start() + position - contextStart;
    double best = Double.NEGATIVE_INFINITY;
    int bestWindow = -1;
    for (int i = 0; i < windows.size(); i++) {
      Window other = windows.get(i);
      int end = other.start() + other.length() - 1;
      if (piece < other.start() || piece > end) {
        continue;
      }
      double score = Math.min(piece - other.start(), end - piece) + 0.01 * other.length();
      if (score > best) {
        best = score;
        bestWindow = i;
      }
    }
    return bestWindow == window;
  }

  ContextPieces pieces() {
    return pieces;
  }
}
