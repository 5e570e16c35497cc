package io.github.electra4j.model.json;

import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Locale;

/** What the dialects of configuration files have in common. */
final class ConfigValues {
  private ConfigValues() {}

  /** Builds something from the fields of a file. */
  interface Reading<T> {
    T read() throws MalformedFileException;
  }

  /** Turns what a record's constructor refuses into a problem of the file. */
  static <T> T checked(String source, Reading<T> reading) throws MalformedFileException {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(source, e.getMessage() + ".", e);
    }
  }

  /** Refuses any activation but the exact GELU, the only one that ELECTRA uses. */
  static void requireGelu(JsonFields fields) throws MalformedFileException {
    if (!fields.text("hidden_act", "gelu").toLowerCase(Locale.ROOT).equals("gelu")) {
      throw fields.wrong("hidden_act", "\"gelu\", the only activation of ELECTRA");
    }
  }
}
