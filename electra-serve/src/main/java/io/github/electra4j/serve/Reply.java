package io.github.electra4j.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer before it is sent.
 *
 * @param status of HTTP
 * @param type its content type
 * @param body its bytes
 * @param headers besides type and length
 */
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A JSON value. */
  static Reply json(int status, JsonNode node) {
    try {
      return new Reply(status, JSON, MAPPER.writeValueAsBytes(node), Map.of());
    } catch (JsonProcessingException e) {
      throw new AssertionError("A tree can always be written", e);
    }
  }

  /** A text. */
  static Reply text(String type, String text) {
    return new Reply(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A fault: {@code {"error": {"code", "message", "field"}}}. */
  static Reply error(int status, String code, String message) {
    return error(status, code, message, "");
  }

  /**
   * As above.
   *
   * @param field where it is; empty for none
   */
  static Reply error(int status, String code, String message, String field) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode error = root.putObject("error").put("code", code).put("message", message);
    if (!field.isEmpty()) {
      error.put("field", field);
    }
    return json(status, root);
  }

  /** With one more header. */
  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, more);
  }
}
