package io.github.electra4j.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What several trials of one fine-tuning leave: a run per trial in {@code trial-1}, {@code
 * trial-2}, …, and {@code trials.json} with what they say together.
 *
 * @param path the folder
 */
record TrialsFolder(Path path) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What the trials say together, and the settings that they have in common. */
  Path summary() {
    return path.resolve("trials.json");
  }

  /** The run of a trial. */
  RunFolder trial(int number) {
    return new RunFolder(path.resolve("trial-" + number));
  }

  /** The model of the best trial so far, if there is one; otherwise {@code path} itself. */
  static Path bestIn(Path path) {
    TrialsFolder folder = new TrialsFolder(path);
    try {
      return Files.isRegularFile(folder.summary())
          ? folder.trial(folder.read().path("best").asInt()).path()
          : path;
    } catch (IOException e) {
      return path; // whoever reads a model there says what is wrong
    }
  }

  /** The summary as it was left. */
  JsonNode read() throws IOException {
    return json(summary());
  }

  /** A JSON file of a run. */
  static JsonNode json(Path file) throws IOException {
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw MalformedFileException.in(file, "it is not JSON. Delete it, or use another output.", e);
    }
  }

  /**
   * Refuses a folder with trials of other settings.
   *
   * @param settings everything that shapes the trials but their seeds
   */
  void requireSame(Map<String, String> settings) throws IOException {
    if (!Files.exists(summary())) {
      return;
    }
    JsonNode before = read().path("settings");
    Map<String, String> all = new TreeMap<>(settings);
    before.properties().forEach(each -> all.putIfAbsent(each.getKey(), "absent"));
    List<String> differences = new ArrayList<>();
    all.forEach(
        (key, now) -> {
          String was = before.path(key).asText("absent");
          if (!was.equals(now)) {
            differences.add("  %s was %s, is now %s".formatted(key, was, now));
          }
        });
    if (!differences.isEmpty()) {
      throw MalformedFileException.in(
          summary(),
          "the trials in this folder have other settings:\n%s\nRepeat them to go on, or choose another output."
              .formatted(String.join("\n", differences)));
    }
  }
}
