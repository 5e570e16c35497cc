package io.github.electra4j.cli;

import java.util.Map;
import java.util.function.Supplier;

/** A value on the command line that cannot be used, alone, with another, or with this model. */
final class WrongUsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUsageException(String message) {
    super(message);
  }

  WrongUsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What {@code use} makes of values that come from the command line and from nowhere else. */
  static <T> T unlessUsable(Supplier<T> use) {
    return unlessUsable(Map.of(), use);
  }

  /**
   * As {@link #unlessUsable(Supplier)}.
   *
   * @param options what the user calls the fields that a message may name
   */
  static <T> T unlessUsable(Map<String, String> options, Supplier<T> use) {
    try {
      return use.get();
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      for (Map.Entry<String, String> option : options.entrySet()) {
        message = message.replace(option.getKey(), option.getValue());
      }
      throw new WrongUsageException(message.endsWith(".") ? message : message + ".", e);
    }
  }

  /** Refuses a count below 1. */
  static void requirePositive(String option, long value) {
    if (value < 1) {
      throw new WrongUsageException("%s is %d; use at least 1.".formatted(option, value));
    }
  }
}
