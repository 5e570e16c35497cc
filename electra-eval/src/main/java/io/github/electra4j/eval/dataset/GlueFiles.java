package io.github.electra4j.eval.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where in a folder the file of a split is. */
final class GlueFiles {
  /** A file that exists, and what its lines hold. */
  record Found(Path file, Columns columns) {}

  private GlueFiles() {}

  /**
   * Looks into the task's folder inside {@code dataFolder}, then into {@code dataFolder} itself.
   *
   * @throws FileNotFoundException naming every file that was looked for, if none exists
   */
  static Found locate(GlueTask task, Path dataFolder, Split split) throws IOException {
    if (!Files.isDirectory(dataFolder)) {
      throw new FileNotFoundException(
          "%s is not a folder. Pass the folder of GLUE, or its folder %s."
              .formatted(dataFolder, task.folders().get(0)));
    }
    List<String> missing = new ArrayList<>();
    for (Path folder : candidates(task, dataFolder)) {
      for (SplitFile file : split.files()) {
        Path path = folder.resolve(file.name());
        if (Files.isRegularFile(path)) {
          return new Found(path, file.columns());
        }
        missing.add(path.toString());
      }
    }
    throw new FileNotFoundException(
        ("Split %s of task %s was not found; looked for %s. Put the file there, or pass the "
                + "folder that has it.")
            .formatted(split.name(), task.name(), String.join(", ", missing)));
  }

  private static List<Path> candidates(GlueTask task, Path dataFolder) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> children = Files.list(dataFolder)) {
      children
          .filter(child -> task.isCalled(child.getFileName().toString()))
          .filter(Files::isDirectory)
          .sorted()
          .forEach(folders::add);
    }
    Optional<GlueTask> other = otherOwner(task, dataFolder);
    if (other.isEmpty()) {
      folders.add(dataFolder);
    } else if (folders.isEmpty()) {
      throw new FileNotFoundException(
          "%s is the folder of task %s, not of %s. Pass the folder %s, or the one that contains it."
              .formatted(dataFolder, other.get().name(), task.name(), task.folders().get(0)));
    }
    return folders;
  }

  /** The task whose folder {@code dataFolder} is by its name, unless that may be {@code task}. */
  private static Optional<GlueTask> otherOwner(GlueTask task, Path dataFolder) {
    Path name = dataFolder.toAbsolutePath().normalize().getFileName();
    if (name == null || task.isCalled(name.toString())) {
      return Optional.empty();
    }
    return GlueTask.all().stream().filter(each -> each.isCalled(name.toString())).findFirst();
  }
}
