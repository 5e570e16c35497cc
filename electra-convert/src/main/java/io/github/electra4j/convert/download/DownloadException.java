package io.github.electra4j.convert.download;

import java.io.IOException;

/**
 * A file that could not be fetched: no connection, a server that refuses, or content that is not
 * what the server announced. The message says what to do.
 */
public final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  private DownloadException(boolean temporary, String message, Throwable cause) {
    super(message, cause);
    this.temporary = temporary;
  }

  /** A failure that the next attempt will meet again. */
  static DownloadException lasting(String message) {
    return new DownloadException(false, message, null);
  }

  /** A failure that may be gone in a moment. */
  static DownloadException temporary(String message) {
    return new DownloadException(true, message, null);
  }

  /** The end of all attempts. */
  static DownloadException because(String message, IOException cause) {
    return new DownloadException(false, message, cause);
  }

  boolean isTemporary() {
    return temporary;
  }
}
