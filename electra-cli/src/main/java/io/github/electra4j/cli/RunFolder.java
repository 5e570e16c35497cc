package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a fine-tuning run leaves: {@code model/} (the checkpoint), {@code results.json}, {@code
 * log.csv}, {@code eval.csv}, {@code report.html}, {@code model-card.md}, and while it is not
 * complete {@code training/}, from which it goes on.
 *
 * @param path the folder
 */
record RunFolder(Path path) {
  private static final String MODEL = "model";

  /**
   * Where the checkpoint is, if {@code path} is a run or the name of a model that was downloaded;
   * otherwise {@code path} itself.
   */
  static Path modelIn(Path path) {
    Path model = new RunFolder(TrialsFolder.bestIn(path)).model();
    return Files.isRegularFile(model.resolve("config.json")) ? model : DownloadedModel.orPath(path);
  }

  /** The finished model. */
  Path model() {
    return path.resolve(MODEL);
  }

  /** The states of an unfinished run. */
  Path training() {
    return path.resolve("training");
  }

  /** Loss, learning rate and speed of every step. */
  Path log() {
    return path.resolve("log.csv");
  }

  /** The scores on the way. */
  Path evaluations() {
    return path.resolve("eval.csv");
  }

  /** The curves of loss and scores. */
  Path page() {
    return path.resolve("report.html");
  }

  /** What a reader of the model wants to know. */
  Path card() {
    return path.resolve("model-card.md");
  }

  /** The evaluation of the finished model. */
  Path results() {
    return path.resolve("results.json");
  }

  /** Whether a run was finished here. */
  boolean isComplete() {
    return Files.exists(model());
  }

  /** Whether a run was started here and neither finished nor given up. */
  boolean isUnfinished() {
    return !isComplete() && Files.isDirectory(training());
  }

  /**
   * Refuses the folder of a run that was started and not finished, whose model is not there yet.
   *
   * @throws MalformedFileException saying how the run goes on
   */
  void requireFinished() throws IOException {
    if (!isUnfinished()) {
      return;
    }
    if (!isPretraining()) {
      throw MalformedFileException.in(
          path, "the run in this folder is not finished. Repeat its finetune command to go on.");
    }
    String remedy =
        newestState()
            .map("Repeat its pretrain command to go on; %s can be used already."::formatted)
            .orElse("Repeat its pretrain command to go on.");
    throw MalformedFileException.in(
        path, "the pre-training run in this folder is not finished. " + remedy);
  }

  /** Whether the run in {@link #training()} is one of pre-training. */
  private boolean isPretraining() throws IOException {
    Path run = training().resolve("run.json");
    return Files.isRegularFile(run) && TrialsFolder.json(run).has("learning.objective.kind");
  }

  private Optional<Path> newestState() throws IOException {
    try (Stream<Path> states = Files.list(training())) {
      return states
          .filter(state -> state.getFileName().toString().matches("step-\\d+"))
          .max(Comparator.naturalOrder());
    }
  }

  /**
   * Refuses a path that cannot become a folder.
   *
   * @throws NotDirectoryException when a file is in the way
   */
  void requireFolder() throws NotDirectoryException {
    for (Path each = path.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
      if (Files.exists(each)) {
        if (!Files.isDirectory(each)) {
          throw new NotDirectoryException(each.toString());
        }
        return;
      }
    }
  }

  /** Deletes the states of an unfinished run. */
  void deleteTraining() throws IOException {
    if (!Files.exists(training())) {
      return;
    }
    try (Stream<Path> walk = Files.walk(training())) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** The settings of the run, under the names of the options; none without results. */
  Map<String, String> settings() throws IOException {
    Path file = new RunFolder(TrialsFolder.bestIn(path)).results();
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    JsonNode root = TrialsFolder.json(file);
    Map<String, String> settings = new LinkedHashMap<>();
    (root.isArray() ? root.path(0) : root)
        .path("config")
        .properties()
        .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
    return settings;
  }

  /** The longest sequence that the run was trained with, if its results say so. */
  OptionalInt maxSeqLength() throws IOException {
    String length = settings().getOrDefault("max-seq-length", "");
    return length.matches("\\d{1,6}")
        ? OptionalInt.of(Integer.parseInt(length))
        : OptionalInt.empty();
  }
}
