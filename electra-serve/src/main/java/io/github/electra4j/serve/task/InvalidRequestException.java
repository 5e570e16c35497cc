package io.github.electra4j.serve.task;

/** A request that is understood but cannot be served as it is. */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_LARGE = 413;

  private final int status;
  private final String code;
  private final String field;

  private InvalidRequestException(int status, String code, String field, String message) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /** A field is missing, superfluous or has a value that cannot be used. */
  static InvalidRequestException of(String code, String field, String message) {
    return new InvalidRequestException(UNPROCESSABLE, code, field, message);
  }

  /** The request is too large. */
  static InvalidRequestException tooLarge(String code, String field, String message) {
    return new InvalidRequestException(TOO_LARGE, code, field, message);
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The kind of fault, a word for programs. */
  public String code() {
    return code;
  }

  /** Where it is, e.g. {@code texts[3].pair}; empty if it is the whole body. */
  public String field() {
    return field;
  }
}
