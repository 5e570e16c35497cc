package io.github.electra4j.cli;

import io.github.electra4j.convert.download.DownloadCache;
import io.github.electra4j.convert.download.PublishedModel;
import io.github.electra4j.convert.download.PublishedModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A published model, called by the name with which {@code electra download} has fetched it. */
final class DownloadedModel {
  private DownloadedModel() {}

  /** Where models are kept if the user does not say. */
  static DownloadCache usualCache() {
    return DownloadCache.standard(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** As {@link #orPath(Path, DownloadCache)}, with the usual cache. */
  static Path orPath(Path path) {
    return orPath(path, usualCache());
  }

  /**
   * What was downloaded under a name, or else the path itself: also where something is there.
   *
   * @throws WrongUsageException if it is the name of a model that was not fetched
   */
  static Path orPath(Path path, DownloadCache cache) {
    if (Files.exists(path) || Files.exists(Path.of(path + ".index"))) {
      return path;
    }
    Optional<PublishedModel> model = PublishedModels.find(path.toString().replace('\\', '/'));
    if (model.isEmpty()) {
      return path;
    }
    if (!cache.holds(model.get())) {
      throw new WrongUsageException(
          "%s does not exist. A published model has that name: electra download %s fetches it."
              .formatted(path, path));
    }
    return cache.source(model.get());
  }
}
