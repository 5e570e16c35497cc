package io.github.electra4j.model.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one JSON object, read strictly: a missing key, a wrong type or an unknown key is a
 * {@link MalformedFileException} that names the file, the key, the value and the remedy.
 */
public final class JsonFields {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String source;
  private final String path;
  private final ObjectNode object;

  private JsonFields(String source, String path, ObjectNode object) {
    this.source = source;
    this.path = path;
    this.object = object;
  }

  /**
   * Parses a text that must be one JSON object without duplicate keys.
   *
   * @param source where the text comes from, for messages, e.g. {@code model/config.json}
   */
  public static JsonFields parse(String source, String json) throws MalformedFileException {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return new JsonFields(source, "", object);
      }
    } catch (JsonProcessingException e) {
      throw MalformedFileException.in(
          source,
          "this is not valid JSON, line %d column %d: %s. Correct the text there."
              .formatted(
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
    throw MalformedFileException.in(source, "a JSON object {…} was expected.");
  }

  /** An indented JSON text of the object, ending with a line break. */
  static String write(ObjectNode object) {
    return object.toPrettyString() + "\n";
  }

  /** A new empty object to write. */
  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Where the text came from. */
  public String source() {
    return source;
  }

  /** Whether the key is there with a value other than {@code null}. */
  public boolean has(String key) {
    return object.hasNonNull(key);
  }

  /** The keys, in the order of the text. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /**
   * Refuses any key outside {@code known}.
   *
   * @throws MalformedFileException naming the key and the nearest known one
   */
  public void requireKnown(Collection<String> known) throws MalformedFileException {
    for (String key : (Iterable<String>) object::fieldNames) {
      if (!known.contains(key)) {
        throw MalformedFileException.in(
            source,
            "unknown key \"%s\"%s. Correct it or remove it."
                .formatted(
                    path + key,
                    NearestName.of(key, known)
                        .map("; the nearest known key is \"%s\""::formatted)
                        .orElse("")));
      }
    }
  }

  /** A whole number from 1 to {@code Integer.MAX_VALUE}; the key must be there. */
  public int positiveInt(String key) throws MalformedFileException {
    JsonNode node = required(key);
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
      throw wrong(key, node, "a whole number of at least 1");
    }
    return node.intValue();
  }

  /** {@link #positiveInt(String)}, or {@code otherwise} if the key is absent or null. */
  public int positiveInt(String key, int otherwise) throws MalformedFileException {
    return has(key) ? positiveInt(key) : otherwise;
  }

  /** A finite number; the key must be there. */
  public double number(String key) throws MalformedFileException {
    JsonNode node = required(key);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong(key, node, "a number");
    }
    return node.doubleValue();
  }

  /** {@link #number(String)}, or {@code otherwise} if the key is absent or null. */
  public double number(String key, double otherwise) throws MalformedFileException {
    return has(key) ? number(key) : otherwise;
  }

  /** {@code true} or {@code false}; the key must be there. */
  public boolean flag(String key) throws MalformedFileException {
    JsonNode node = required(key);
    if (!node.isBoolean()) {
      throw wrong(key, node, "true or false");
    }
    return node.booleanValue();
  }

  /** {@link #flag(String)}, or {@code otherwise} if the key is absent or null. */
  public boolean flag(String key, boolean otherwise) throws MalformedFileException {
    return has(key) ? flag(key) : otherwise;
  }

  /** A string; the key must be there. */
  public String text(String key) throws MalformedFileException {
    JsonNode node = required(key);
    if (!node.isTextual()) {
      throw wrong(key, node, "a string");
    }
    return node.textValue();
  }

  /** {@link #text(String)}, or {@code otherwise} if the key is absent or null. */
  public String text(String key, String otherwise) throws MalformedFileException {
    return has(key) ? text(key) : otherwise;
  }

  /** A nested object, if the key is there; its keys appear in messages as {@code key.inner}. */
  public Optional<JsonFields> child(String key) throws MalformedFileException {
    if (!has(key)) {
      return Optional.empty();
    }
    if (object.get(key) instanceof ObjectNode inner) {
      return Optional.of(new JsonFields(source, path + key + ".", inner));
    }
    throw wrong(key, object.get(key), "an object {…}");
  }

  /** A list of strings; the key must be there. */
  public List<String> texts(String key) throws MalformedFileException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(key)) {
      if (!element.isTextual()) {
        throw wrong(key, object.get(key), "a list of strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /**
   * A list of objects; the key must be there. Their keys appear in messages as {@code key[0].x}.
   */
  public List<JsonFields> children(String key) throws MalformedFileException {
    List<JsonFields> children = new ArrayList<>();
    for (JsonNode element : list(key)) {
      if (!(element instanceof ObjectNode inner)) {
        throw wrong(key, object.get(key), "a list of objects {…}");
      }
      children.add(
          new JsonFields(source, "%s%s[%d].".formatted(path, key, children.size()), inner));
    }
    return children;
  }

  /**
   * The exception for a value that has the right type but cannot be used.
   *
   * @param wanted what would be right, e.g. {@code "gelu"}
   */
  public MalformedFileException wrong(String key, String wanted) {
    return wrong(key, object.path(key), wanted);
  }

  /** The raw value, or a missing node. */
  JsonNode raw(String key) {
    return object.path(key);
  }

  private JsonNode list(String key) throws MalformedFileException {
    JsonNode node = required(key);
    if (!node.isArray()) {
      throw wrong(key, node, "a list […]");
    }
    return node;
  }

  private JsonNode required(String key) throws MalformedFileException {
    if (!object.has(key)) {
      throw MalformedFileException.in(
          source, "key \"%s\" is missing. Add it.".formatted(path + key));
    }
    return object.get(key);
  }

  private MalformedFileException wrong(String key, JsonNode value, String wanted) {
    return MalformedFileException.in(
        source, "key \"%s\" is %s; it must be %s.".formatted(path + key, value, wanted));
  }
}
