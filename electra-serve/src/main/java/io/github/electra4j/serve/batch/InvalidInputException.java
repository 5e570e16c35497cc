package io.github.electra4j.serve.batch;

/** An input that cannot be computed, through no fault of the engine. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong with the input, for its caller
   * @param cause what the model said
   */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
