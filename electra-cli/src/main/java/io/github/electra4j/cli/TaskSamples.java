package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers to a task's examples, as {@code --samples} writes and {@code compare} reads them: a
 * JSON object per line with {@code task}, {@code id}, {@code gold} and {@code answer}.
 *
 * @param task its name
 * @param samples in the order of the split
 */
record TaskSamples(String task, List<SplitScore.Sample> samples) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The lines of a file. */
  static String toLines(List<TaskSamples> all) {
    StringBuilder lines = new StringBuilder();
    for (TaskSamples each : all) {
      for (SplitScore.Sample sample : each.samples()) {
        lines
            .append(
                MAPPER
                    .createObjectNode()
                    .put("task", each.task())
                    .put("id", sample.id())
                    .put("gold", sample.gold())
                    .put("answer", sample.answer()))
            .append('\n');
      }
    }
    return lines.toString();
  }

  /**
   * Reads a file.
   *
   * @return samples by id, by task
   * @throws MalformedFileException naming the line that is no sample, or that repeats an id
   */
  static Map<String, Map<String, SplitScore.Sample>> read(Path file) throws IOException {
    Map<String, Map<String, SplitScore.Sample>> tasks = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(InputFiles.existing(file))) {
      Utf8Lines lines = new Utf8Lines(in, file.toString());
      int number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        List<String> values = values(file, number, line);
        SplitScore.Sample sample =
            new SplitScore.Sample(values.get(1), values.get(2), values.get(3));
        SplitScore.Sample other =
            tasks
                .computeIfAbsent(values.get(0), task -> new LinkedHashMap<>())
                .put(sample.id(), sample);
        if (other != null) {
          throw malformed(file, number, "id " + sample.id() + " occurs twice");
        }
      }
    }
    if (tasks.isEmpty()) {
      throw MalformedFileException.in(
          file, "it is empty. Write it with electra evaluate --samples.");
    }
    return tasks;
  }

  private static List<String> values(Path file, int number, String line) throws IOException {
    JsonNode node;
    try {
      node = MAPPER.readTree(line);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw malformed(file, number, "this is not JSON");
    }
    List<String> values = new ArrayList<>();
    for (String key : List.of("task", "id", "gold", "answer")) {
      if (!node.path(key).isTextual()) {
        throw malformed(file, number, "there is no text \"%s\"".formatted(key));
      }
      values.add(node.path(key).textValue());
    }
    return values;
  }

  private static MalformedFileException malformed(Path file, int line, String what) {
    return MalformedFileException.saying(
        file,
        "%s, line %d: %s. Write the file with electra evaluate --samples."
            .formatted(file, line, what));
  }
}
