package io.github.electra4j.eval.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON objects, one per line and nothing else in it. Keys whose value is null, an array or an
 * object are no cells.
 */
final class JsonRows implements RowSource {
  /** Refuses what Jackson would pass over: keys that occur twice, and what follows an object. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Utf8Lines lines;

  JsonRows(Path file) throws IOException {
    this.lines = Utf8Lines.open(file);
  }

  @Override
  public boolean namesColumns() {
    return false;
  }

  @Override
  public List<String> nextCells() throws IOException {
    Map<String, String> row = nextRow();
    return row == null ? null : new ArrayList<>(row.values());
  }

  @Override
  public Map<String, String> nextRow() throws IOException {
    JsonNode object = nextObject();
    if (object == null) {
      return null;
    }
    Map<String, String> row = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isValueNode() && !each.getValue().isNull()) {
                row.put(each.getKey(), each.getValue().asText());
              }
            });
    return row;
  }

  /** The next object, null after the last. */
  JsonNode nextObject() throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw malformed(
          "this is not JSON: %s. Write an object per line, e.g. {\"text\": \"…\"}."
              .formatted(e.getOriginalMessage()));
    }
    throw malformed("this is no JSON object. Write an object per line, e.g. {\"text\": \"…\"}.");
  }

  MalformedFileException malformed(String problem) {
    return lines.malformed(problem);
  }

  @Override
  public int line() {
    return lines.number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
