package io.github.electra4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders that only the {@code conformance} profile reads: outputs of the original
 * implementation ({@code -Dgolden.dir}) and public data sets ({@code -Ddata.dir}). A missing folder
 * fails the test; it never skips it.
 */
public final class SharedFolders {
  private SharedFolders() {}

  /** A path below {@code golden.dir}, e.g. {@code golden("pretraining")}; must exist. */
  public static Path golden(String below) {
    return existing("golden.dir", below);
  }

  /** A path below {@code data.dir}, e.g. {@code data("glue/SST-2")}; must exist. */
  public static Path data(String below) {
    return existing("data.dir", below);
  }

  /**
   * Every sub-folder of {@code golden(below)} that holds {@code marker}, in name order; at least
   * one must exist, so that an emptied folder cannot pass.
   */
  public static List<Path> goldenCases(String below, String marker) {
    Path folder = golden(below);
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> cases =
          children.filter(child -> Files.exists(child.resolve(marker))).sorted().toList();
      if (cases.isEmpty()) {
        throw new AssertionError("No folder below " + folder + " holds a file " + marker + ".");
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(String property, String below) {
    String root = System.getProperty(property);
    if (root == null || root.isBlank()) {
      throw new AssertionError(
          "System property %s is not set; run through Maven, or pass -D%s=FOLDER."
              .formatted(property, property));
    }
    Path path = Path.of(root).resolve(below).normalize();
    if (!Files.exists(path)) {
      throw new AssertionError(
          "%s does not exist. The conformance tests need it; pass -D%s=FOLDER."
              .formatted(path.toAbsolutePath(), property));
    }
    return path;
  }
}
