package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A JSON object of a request, read field by field; every fault names the field's path. */
final class RequestFields {
  private final JsonNode node;
  private final String path;

  private RequestFields(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /**
   * An object with no other fields than these.
   *
   * @param path where it is in the request; empty for the body
   */
  static RequestFields of(JsonNode node, String path, List<String> known)
      throws InvalidRequestException {
    if (!node.isObject()) {
      throw InvalidRequestException.of(
          "wrong_type",
          path,
          "%s is %s; an object with %s was expected."
              .formatted(path.isEmpty() ? "The body" : path, kind(node), known));
    }
    RequestFields fields = new RequestFields(node, path);
    for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
      String name = each.next();
      if (!known.contains(name)) {
        throw InvalidRequestException.of(
            "unknown_field",
            fields.at(name),
            "There is no field %.60s here; known are %s.".formatted(name, known));
      }
    }
    return fields;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** A text that must be there and must not be blank. */
  String text(String name) throws InvalidRequestException {
    return text(required(name), at(name));
  }

  private JsonNode required(String name) throws InvalidRequestException {
    if (!node.has(name)) {
      throw InvalidRequestException.of(
          "missing_field", at(name), "The field %s is missing.".formatted(at(name)));
    }
    return node.get(name);
  }

  /** A text that may be missing or blank, which is the same. */
  String optionalText(String name) throws InvalidRequestException {
    JsonNode value = node.path(name);
    boolean blank = value.isMissingNode() || (value.isTextual() && value.textValue().isBlank());
    return blank ? "" : text(value, at(name));
  }

  /** A whole number that may be missing. */
  int integer(String name, int least, int most, int otherwise) throws InvalidRequestException {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrongType(value, at(name), "a whole number");
    }
    if (value.intValue() < least || value.intValue() > most) {
      throw InvalidRequestException.of(
          "out_of_range",
          at(name),
          "%s is %d; choose %d to %d.".formatted(at(name), value.intValue(), least, most));
    }
    return value.intValue();
  }

  /** True or false; false if missing. */
  boolean flag(String name) throws InvalidRequestException {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw wrongType(value, at(name), "true or false");
    }
    return value.asBoolean(false);
  }

  /** An element of a list and its path. */
  record Element(JsonNode node, String path) {}

  /** A list that must be there and must not be empty nor too long. */
  List<Element> list(String name, int most) throws InvalidRequestException {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw wrongType(value, at(name), "a list");
    }
    if (value.isEmpty()) {
      throw InvalidRequestException.of(
          "empty", at(name), "%s is empty; give at least one element.".formatted(at(name)));
    }
    if (value.size() > most) {
      throw InvalidRequestException.of(
          "too_many_texts",
          at(name),
          "%s has %d elements; at most %d are taken in one request."
              .formatted(at(name), value.size(), most));
    }
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      elements.add(new Element(value.get(i), "%s[%d]".formatted(at(name), i)));
    }
    return elements;
  }

  /** A value as a text that is not blank. */
  static String text(JsonNode value, String path) throws InvalidRequestException {
    if (!value.isTextual()) {
      throw wrongType(value, path, "a text");
    }
    String text = value.textValue();
    if (text.isBlank()) {
      throw InvalidRequestException.of(
          "empty", path, "%s is empty; give a text with at least one word.".formatted(path));
    }
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
        throw InvalidRequestException.of(
            "invalid_text",
            path,
            "%s has half of a surrogate pair at UTF-16 offset %d; write characters beyond U+FFFF with both halves."
                .formatted(path, i));
      }
    }
    return text;
  }

  private static InvalidRequestException wrongType(JsonNode value, String path, String wanted) {
    return InvalidRequestException.of(
        "wrong_type", path, "%s is %s; %s was expected.".formatted(path, kind(value), wanted));
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a number";
      case BOOLEAN -> "true or false";
      default -> "null";
    };
  }
}
