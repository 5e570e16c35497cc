package io.github.electra4j.eval.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.file.Path;

/**
 * A text and questions about it, as JSON, and where it stands.
 *
 * @param file where it was read
 * @param line where it begins, from 1
 * @param node the object
 */
record Paragraph(Path file, long line, JsonNode node) {
  /** The text. */
  String context() throws MalformedFileException {
    String context = text(node, "context", "paragraph");
    if (context.isBlank()) {
      throw malformed("the text of a paragraph is empty. Give one, or remove the paragraph.");
    }
    return context;
  }

  /** The questions, an array. */
  JsonNode questions() throws MalformedFileException {
    return array(node, "qas", "paragraph");
  }

  /** A text that must be there. */
  String text(JsonNode object, String key, String what) throws MalformedFileException {
    JsonNode value = object.path(key);
    if (!value.isTextual()) {
      throw malformed(
          "the key \"%s\" of a %s is %s. Give a text."
              .formatted(key, what, value.isMissingNode() ? "missing" : "no text"));
    }
    return value.textValue();
  }

  /** An array that must be there. */
  JsonNode array(JsonNode object, String key, String what) throws MalformedFileException {
    JsonNode value = object.path(key);
    if (!value.isArray()) {
      throw malformed(
          "the key \"%s\" of a %s is %s. Give an array."
              .formatted(key, what, value.isMissingNode() ? "missing" : "no array"));
    }
    return value;
  }

  /** A whole number that must be there. */
  int number(JsonNode value, String what) throws MalformedFileException {
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw malformed("%s is no whole number. Give one.".formatted(what));
    }
    return value.intValue();
  }

  MalformedFileException malformed(String problem) {
    return MalformedFileException.saying(file, "%s, line %d: %s".formatted(file, line, problem));
  }
}
