package io.github.electra4j.cli;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of data sets by their usual names. */
final class DataFiles {
  private DataFiles() {}

  /**
   * The file of a split.
   *
   * @param data folder with a folder of the task, or the task's folder
   * @param endings that its name may have
   * @throws FileNotFoundException naming every file that was looked for
   */
  static Path find(String task, Path data, String split, List<String> endings)
      throws FileNotFoundException {
    List<Path> missing = new ArrayList<>();
    for (Path folder : List.of(data.resolve(task), data)) {
      for (String ending : endings) {
        Path file = folder.resolve(split + ending);
        if (Files.isRegularFile(file)) {
          return file;
        }
        missing.add(file);
      }
    }
    throw new FileNotFoundException(
        "Split %s of task %s was not found; looked for %s. Put the file there, or name files."
            .formatted(split, task, missing));
  }

  /** As {@link #find}; a folder called like the split will do, too. */
  static Path findFolderOr(String task, Path data, String split, List<String> endings)
      throws FileNotFoundException {
    for (Path folder : List.of(data.resolve(task).resolve(split), data.resolve(split))) {
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return find(task, data, split, endings);
  }
}
