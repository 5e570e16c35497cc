package io.github.electra4j.eval.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one system answered to every example, from JSON lines {@code {"id": …, "gold": …, "answer":
 * …}}. With a key {@code task}, ids need to be unique within a task only.
 *
 * @param byId in the order of the file, at least one
 */
public record Answers(Map<String, Judged> byId) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** An example: the right answer and the one that was given. */
  public record Judged(String gold, String answer) {
    /** Whether both are the same. */
    public boolean isRight() {
      return gold.equals(answer);
    }
  }

  /** Copies the map. */
  public Answers {
    byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
  }

  /**
   * Reads a file.
   *
   * @throws FileNotFoundException if it is not there
   * @throws MalformedFileException naming file and line, if a key is missing or an id occurs twice
   */
  public static Answers read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(
          "%s does not exist. Check the name of the answers.".formatted(file));
    }
    Map<String, Judged> byId = new LinkedHashMap<>();
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (!line.isBlank()) {
          add(byId, file, number, line);
        }
      }
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(
          file, "after line %d: it is not UTF-8. Write it again.".formatted(number), e);
    }
    if (byId.isEmpty()) {
      throw MalformedFileException.in(file, "there is no answer in it. Write it again.");
    }
    return new Answers(byId);
  }

  private static void add(Map<String, Judged> byId, Path file, int number, String line)
      throws MalformedFileException {
    String problem = null;
    try {
      JsonNode node = MAPPER.readTree(line);
      if (!node.hasNonNull("id") || !node.hasNonNull("gold") || !node.hasNonNull("answer")) {
        problem = "\"id\", \"gold\" or \"answer\" is missing";
      } else {
        Judged judged = new Judged(node.get("gold").asText(), node.get("answer").asText());
        String task = node.path("task").asText("");
        String id = task.isEmpty() ? node.get("id").asText() : task + " " + node.get("id").asText();
        if (byId.putIfAbsent(id, judged) != null) {
          problem = "the id \"%s\" occurs a second time".formatted(id);
        }
      }
    } catch (JsonProcessingException e) {
      problem = "this is not JSON: " + e.getOriginalMessage();
    }
    if (problem != null) {
      throw MalformedFileException.saying(
          file, "%s, line %d: %s. Correct the line.".formatted(file, number, problem));
    }
  }
}
