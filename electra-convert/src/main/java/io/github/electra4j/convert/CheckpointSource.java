package io.github.electra4j.convert;

import io.github.electra4j.convert.archive.ArchiveExtractor;
import io.github.electra4j.convert.archive.ExtractionLimits;
import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.model.storage.TemporaryFolder;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A TensorFlow checkpoint wherever the user has it: a model folder, the prefix of a bundle (or one
 * of its files), or a zip, tar or tar.gz archive of such a folder. An archive is unpacked into a
 * temporary folder that {@link #close()} deletes.
 *
 * <pre>{@code
 * try (CheckpointSource source = CheckpointSource.open(Path.of("electra_small.zip"))) {
 *   source.prefix();     // …/electra_small/electra_small
 *   source.vocabulary(); // …/electra_small/vocab.txt
 * }
 * }</pre>
 */
public final class CheckpointSource implements Closeable {
  private final String name;
  private final BundleSearch search;
  private final Path prefix;
  private final Optional<TemporaryFolder> unpacked;

  private CheckpointSource(
      String name, BundleSearch search, Path prefix, Optional<TemporaryFolder> unpacked) {
    this.name = name;
    this.search = search;
    this.prefix = prefix;
    this.unpacked = unpacked;
  }

  /** {@link #open(Path, SourceOptions)} with everything where it usually is. */
  public static CheckpointSource open(Path location) throws IOException {
    return open(location, SourceOptions.none());
  }

  /**
   * Finds the bundle and the files beside it. In a folder, the state file {@code checkpoint}
   * decides; without one there must be exactly one bundle.
   *
   * @throws IOException if nothing is there, if several bundles are and none is chosen (all are
   *     listed), or if an archive is damaged or refused
   */
  public static CheckpointSource open(Path location, SourceOptions options) throws IOException {
    Path place = location.toAbsolutePath().normalize();
    requireExists(options.vocabulary(), "vocabulary");
    requireExists(options.config(), "configuration");
    if (Files.isDirectory(place)) {
      BundleSearch search = new BundleSearch(location.toString(), place, options, false);
      Path prefix = search.bundle();
      return new CheckpointSource(prefix.toString(), search, prefix, Optional.empty());
    }
    if (ArchiveExtractor.isArchive(place)) {
      return openArchive(location, place, options);
    }
    Path prefix = prefixOf(place);
    BundleSearch search = new BundleSearch(location.toString(), prefix.getParent(), options, false);
    return new CheckpointSource(prefix.toString(), search, prefix, Optional.empty());
  }

  private static CheckpointSource openArchive(Path location, Path archive, SourceOptions options)
      throws IOException {
    TemporaryFolder folder = TemporaryFolder.create();
    try {
      ArchiveExtractor.extract(archive, folder.path(), ExtractionLimits.standard());
      BundleSearch search = new BundleSearch(location.toString(), folder.path(), options, true);
      Path prefix = search.bundle();
      String name = location + "!/" + folder.path().relativize(prefix);
      return new CheckpointSource(name, search, prefix, Optional.of(folder));
    } catch (IOException | RuntimeException e) {
      try (folder) {
        throw e;
      }
    }
  }

  /** The bundle that a prefix, one of the bundle's files, or a state file stands for. */
  private static Path prefixOf(Path place) throws IOException {
    Path bare =
        place.resolveSibling(
            place.getFileName().toString().replaceFirst("\\.(index|meta|data-\\d+-of-\\d+)$", ""));
    for (Path candidate : new Path[] {place, bare}) {
      if (Files.isRegularFile(BundleIndex.indexFile(candidate))) {
        return candidate;
      }
    }
    throw new FileNotFoundException(
        "%s is no folder, no archive and no TensorFlow checkpoint: there is no %s. Give the folder, the path without \".index\", or the zip or tar.gz."
            .formatted(place, BundleIndex.indexFile(bare)));
  }

  private static void requireExists(Optional<Path> file, String what) throws IOException {
    if (file.isPresent() && !Files.isRegularFile(file.get())) {
      throw new FileNotFoundException("The %s file %s does not exist.".formatted(what, file.get()));
    }
  }

  /** The checkpoint as the user may know it: its path, or archive and path inside. */
  public String name() {
    return name;
  }

  /** Path of the bundle without extension. */
  public Path prefix() {
    return prefix;
  }

  /**
   * The vocabulary file, if there is one.
   *
   * @throws IOException if several text files could be it
   */
  public Optional<Path> vocabulary() throws IOException {
    return search.vocabulary(prefix);
  }

  /** The transformer configuration in JSON, if there is one. */
  public Optional<Path> config() {
    return search.config(prefix);
  }

  /** Deletes what was unpacked. */
  @Override
  public void close() throws IOException {
    if (unpacked.isPresent()) {
      unpacked.get().close();
    }
  }
}
