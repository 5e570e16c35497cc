package io.github.electra4j.convert.archive;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;

/** Turns whatever an archive library throws at damaged bytes into one exception. */
final class Reading {
  private Reading() {}

  /** A step that reads from the archive. */
  interface Step<T> {
    T run() throws IOException;
  }

  static <T> T of(Path archive, Step<T> step) throws MalformedFileException {
    try {
      return step.run();
    } catch (MalformedFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw MalformedFileException.in(
          archive,
          "the archive is truncated or damaged (%s). Fetch it again.".formatted(e.getMessage()),
          e);
    }
  }
}
