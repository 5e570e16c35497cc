package io.github.electra4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The official files of answers: one JSON object from question id to text, or to null odds. */
final class AnswerFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AnswerFiles() {}

  /** Something that writes the members of an object, one at a time. */
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes a file, complete or not at all. */
  static void write(Path file, boolean overwrite, Members members) throws IOException {
    try (AtomicFile target = AtomicFile.create(file, overwrite)) {
      JsonGenerator json =
          MAPPER.getFactory().createGenerator(Channels.newOutputStream(target.channel()));
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
      json.flush();
      target.commit();
    }
  }

  /**
   * Reads answers.
   *
   * @throws MalformedFileException when the file is no JSON object of texts
   */
  static Map<String, String> texts(Path file) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : object(file).properties()) {
      if (!each.getValue().isTextual()) {
        throw malformed(file, "the answer to \"%s\" is no text".formatted(each.getKey()));
      }
      texts.put(each.getKey(), each.getValue().textValue());
    }
    return texts;
  }

  /**
   * Reads null odds.
   *
   * @throws MalformedFileException when the file is no JSON object of numbers
   */
  static Map<String, Double> odds(Path file) throws IOException {
    Map<String, Double> odds = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : object(file).properties()) {
      if (!each.getValue().isNumber()) {
        throw malformed(file, "the null odds of \"%s\" are no number".formatted(each.getKey()));
      }
      odds.put(each.getKey(), each.getValue().doubleValue());
    }
    return odds;
  }

  private static JsonNode object(Path file) throws IOException {
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(InputFiles.existing(file)));
      if (!root.isObject()) {
        throw malformed(file, "it is no JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw MalformedFileException.in(
          file, "it is not JSON (%s). Write it again.".formatted(e.getOriginalMessage()), e);
    }
  }

  private static MalformedFileException malformed(Path file, String problem) {
    return MalformedFileException.in(
        file, problem + ". Give an object from question id to text or number.");
  }
}
