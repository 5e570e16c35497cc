package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What one command line did in this process.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
record Run(int code, String out, String err) {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Runs a command; arguments are converted to strings. */
  static Run of(Object... args) {
    return withInput(new byte[0], args);
  }

  /** As {@link #of}, with something on standard input. */
  static Run withInput(byte[] input, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = console(input, out, err);
    return result(CommandLines.run(console, strings(args)), out, err);
  }

  /** As {@link #of}, interrupted as soon as standard error contains {@code talk}. */
  static Run interruptedAt(String talk, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Interruption[] interruption = new Interruption[1];
    ByteArrayOutputStream err =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            if (toString(StandardCharsets.UTF_8).contains(talk)) {
              interruption[0].request();
            }
          }
        };
    Console console = console(new byte[0], out, err);
    interruption[0] = new Interruption(console);
    return result(CommandLines.run(console, interruption[0], strings(args)), out, err);
  }

  private static Console console(
      byte[] input, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Console(
        new ByteArrayInputStream(input),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        OptionalInt.empty(),
        false);
  }

  private static String[] strings(Object... args) {
    return Arrays.stream(args).map(Object::toString).toArray(String[]::new);
  }

  private static Run result(int code, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Fails unless this is the exit code. */
  Run exits(int expected) {
    assertEquals(expected, code, () -> "exit code; standard error was:\n" + err);
    return this;
  }

  /** Fails unless the command refused: this code, no data, and an error with all these parts. */
  Run refuses(int expected, String... parts) {
    exits(expected);
    assertEquals("", out, "standard output of a refusal");
    List<String> errors = err.lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, errors.size(), () -> "lines with errors in:\n" + err);
    for (String part : parts) {
      assertTrue(err.contains(part), () -> "no \"" + part + "\" in:\n" + err);
    }
    return this;
  }

  /** The lines of data. */
  List<String> lines() {
    return out.lines().toList();
  }

  /** The data as one JSON value and nothing else. */
  JsonNode json() {
    return json(out);
  }

  /** A text as one JSON value and nothing else. */
  static JsonNode json(String text) {
    try {
      return STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
