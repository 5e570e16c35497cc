package io.github.electra4j.train.inference;

/** A text that a model cannot be asked about, whatever its weights; another text can. */
public final class UnreadableTextException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong with the text, and where
   */
  UnreadableTextException(String message) {
    super(message);
  }
}
