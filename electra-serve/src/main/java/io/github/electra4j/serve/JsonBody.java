package io.github.electra4j.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A request's bytes as JSON, by the letter: UTF-8, one value, no name twice. */
final class JsonBody {
  /** The requests have objects in lists in an object. */
  private static final int DEEPEST = 16;

  private static final ObjectMapper STRICT =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(64 << 20)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonBody() {}

  static JsonNode parse(byte[] bytes) throws RefusedException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(
          Reply.error(400, "invalid_utf8", "The body is not UTF-8. Encode it as UTF-8."));
    }
    try {
      JsonNode node = STRICT.readTree(text);
      if (node.isMissingNode()) {
        throw new RefusedException(
            Reply.error(400, "malformed_json", "The body is empty; a JSON object was expected."));
      }
      return node;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new RefusedException(
          Reply.error(
              400,
              "malformed_json",
              "The body is no JSON%s: %.200s".formatted(where, e.getOriginalMessage())));
    }
  }
}
