package io.github.electra4j.cli;

import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model and the head of it that is to be judged.
 *
 * @param source the model
 * @param head one of its heads
 */
record Candidate(ModelSource source, TaskHead head) {
  /** Where the user said that the model is. */
  Path path() {
    return source.path();
  }

  /**
   * The candidates that the user named.
   *
   * @param paths of models, or of a folder with a model per task
   * @param tasks names of heads or of models in that folder; none for the only head of each model
   */
  static List<Candidate> all(List<Path> paths, List<String> tasks, Console console)
      throws IOException {
    List<Candidate> all = new ArrayList<>();
    for (Path path : paths) {
      if (tasks.isEmpty()) {
        ModelSource source = ModelSource.read(path, console);
        all.add(new Candidate(source, Tasks.head(source.checkpoint(), Optional.empty(), path)));
      }
      for (String task : tasks) {
        Path place = Files.isDirectory(path.resolve(task)) ? path.resolve(task) : path;
        ModelSource source = ModelSource.read(place, console);
        Optional<String> wanted =
            place.equals(path) || source.checkpoint().head(task).isPresent()
                ? Optional.of(task)
                : Optional.empty();
        all.add(new Candidate(source, Tasks.head(source.checkpoint(), wanted, place)));
      }
    }
    return all;
  }
}
