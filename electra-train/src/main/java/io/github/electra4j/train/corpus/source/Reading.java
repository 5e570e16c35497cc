package io.github.electra4j.train.corpus.source;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;

/** Turns whatever a library throws at damaged bytes into one exception. */
final class Reading {
  private Reading() {}

  /** A step that reads. */
  interface Step<T> {
    T run() throws IOException;
  }

  /**
   * @param file where the bytes come from in the end; if it failed, that is the error
   */
  static <T> T of(String source, RawInput file, Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (MalformedFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (file.failure() != null) {
        throw file.failure();
      }
      throw MalformedFileException.in(
          source, "it is truncated or damaged (%s). Fetch it again.".formatted(e.getMessage()), e);
    }
  }
}
