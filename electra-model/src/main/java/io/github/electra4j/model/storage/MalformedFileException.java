package io.github.electra4j.model.storage;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * A file that could be read but does not hold what it should: truncated, damaged, of another
 * format, or of another model. The message says what is wrong, where, and what to do.
 */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  private MalformedFileException(String file, long offset, String message, Throwable cause) {
    super(message, cause);
    this.file = file;
    this.offset = offset;
  }

  /**
   * A problem at a place that is not one byte, such as a missing key. Example: {@code
   * model/config.json: key "vocab_size" is missing. Add it.}
   *
   * @param file path or name of the file, as the user knows it
   * @param problem what is wrong and what to do, in full sentences
   */
  public static MalformedFileException in(Object file, String problem) {
    return new MalformedFileException(file.toString(), -1, file + ": " + problem, null);
  }

  /** As {@link #in(Object, String)}, with the exception that revealed the problem. */
  public static MalformedFileException in(Object file, String problem, Throwable cause) {
    return new MalformedFileException(file.toString(), -1, file + ": " + problem, cause);
  }

  /**
   * A problem at one byte. Example: {@code model.safetensors, byte 8: …}.
   *
   * @param file path or name of the file
   * @param offset byte counted from the start of the file, at least 0
   * @param problem what is wrong and what to do, in full sentences
   */
  public static MalformedFileException at(Object file, long offset, String problem) {
    return at(file, offset, problem, null);
  }

  /** As {@link #at(Object, long, String)}, with the exception that revealed the problem. */
  public static MalformedFileException at(
      Object file, long offset, String problem, Throwable cause) {
    return new MalformedFileException(
        file.toString(), offset, "%s, byte %d: %s".formatted(file, offset, problem), cause);
  }

  /** A message that already names the file. */
  public static MalformedFileException saying(Object file, String message) {
    return new MalformedFileException(file.toString(), -1, message, null);
  }

  /** The file, as it was given to the reader. */
  public String file() {
    return file;
  }

  /** The byte at which the problem was found, where one byte is to blame. */
  public OptionalLong offset() {
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
