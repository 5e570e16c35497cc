package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The index of a TensorFlow V2 checkpoint bundle ({@code PREFIX.index}): which tensors there are,
 * their types and shapes, and where their bytes lie. It can be read without the data files.
 */
public final class BundleIndex {
  private final Path prefix;
  private final int shards;
  private final Map<String, TensorEntry> tensors;

  private BundleIndex(Path prefix, int shards, Map<String, TensorEntry> tensors) {
    this.prefix = prefix;
    this.shards = shards;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Reads and checks {@code PREFIX.index}.
   *
   * @param prefix path of the bundle without extension, e.g. {@code models/electra_small}
   * @throws MalformedFileException if the file is damaged, truncated or of another format
   */
  public static BundleIndex read(Path prefix) throws IOException {
    Path file = indexFile(prefix);
    IndexEntries entries = new IndexEntries(file, TableReader.read(file));
    return new BundleIndex(prefix, entries.shards(), new LinkedHashMap<>(entries.tensors()));
  }

  /** The file {@code PREFIX.index}. */
  public static Path indexFile(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".index");
  }

  /** The file {@code PREFIX.data-SSSSS-of-NNNNN}. */
  public static Path dataFile(Path prefix, int shard, int shards) {
    return prefix.resolveSibling(
        "%s.data-%05d-of-%05d".formatted(prefix.getFileName(), shard, shards));
  }

  /** Path of the bundle without extension. */
  public Path prefix() {
    return prefix;
  }

  /** Number of data files. */
  public int shards() {
    return shards;
  }

  /** Every tensor by name, in ascending byte order of the names. */
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /** The data file that holds shard number {@code shard}. */
  Path dataFile(int shard) {
    return dataFile(prefix, shard, shards);
  }
}
