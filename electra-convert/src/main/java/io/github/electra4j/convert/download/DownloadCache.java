package io.github.electra4j.convert.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder in which downloaded models stay, one folder per model.
 *
 * @param root an absolute path; it need not exist yet
 */
public record DownloadCache(Path root) {
  /** Makes the path absolute. */
  public DownloadCache {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The usual place: {@code $ELECTRA_HOME/models}; without that variable {@code electra4j/models}
   * within {@code $XDG_CACHE_HOME}, {@code %LOCALAPPDATA%} or {@code ~/.cache}, whichever is set
   * first.
   *
   * @param environment variables, as {@link System#getenv()} gives them
   * @param home the user's home folder
   */
  public static DownloadCache standard(Map<String, String> environment, Path home) {
    Path cache =
        folder(environment, "ELECTRA_HOME")
            .or(() -> folder(environment, "XDG_CACHE_HOME").map(f -> f.resolve("electra4j")))
            .or(() -> folder(environment, "LOCALAPPDATA").map(f -> f.resolve("electra4j")))
            .orElse(home.resolve(".cache").resolve("electra4j"));
    return new DownloadCache(cache.resolve("models"));
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /** Where the files of a model are, or would be. */
  public Path folder(PublishedModel model) {
    return root.resolve(model.name());
  }

  /** Where a file of a model is, or would be. */
  public Path file(PublishedModel model, PublishedFile file) {
    return folder(model).resolve(file.name());
  }

  /** What a conversion reads: the archive, or the folder with the files. */
  public Path source(PublishedModel model) {
    return model.archive().map(archive -> file(model, archive)).orElse(folder(model));
  }

  /** Whether all files of a model are there. */
  public boolean holds(PublishedModel model) {
    return model.files().stream().allMatch(file -> Files.isRegularFile(file(model, file)));
  }

  /** Makes the folder of a model. */
  void prepare(PublishedModel model) throws IOException {
    Files.createDirectories(folder(model));
  }
}
