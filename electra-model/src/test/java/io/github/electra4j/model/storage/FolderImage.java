package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies below a folder, hidden files too, to prove that it has not changed. */
public final class FolderImage {
  private FolderImage() {}

  /** A digest of every file's bytes by path relative to {@code root}; folders have the digest 0. */
  public static Map<String, Integer> of(Path root) throws IOException {
    Map<String, Integer> image = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        int digest = Files.isDirectory(path) ? 0 : Arrays.hashCode(Files.readAllBytes(path));
        image.put(root.relativize(path).toString(), digest);
      }
    }
    return image;
  }
}
