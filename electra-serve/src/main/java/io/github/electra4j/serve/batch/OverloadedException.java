package io.github.electra4j.serve.batch;

/** Too much waits already, or nothing is taken any more. */
public final class OverloadedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean closing;

  OverloadedException(String message, boolean closing) {
    super(message);
    this.closing = closing;
  }

  /** Whether nothing will be taken again. */
  public boolean isClosing() {
    return closing;
  }
}
