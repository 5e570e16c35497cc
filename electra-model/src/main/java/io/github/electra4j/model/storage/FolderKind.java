package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A kind of folder that a command may replace: by what it must hold and may hold, a folder with a
 * user's other files is told from an older result.
 *
 * @param name what it is, for messages, e.g. {@code a checkpoint}
 * @param required names of files that are always there; one in a sub-folder as {@code sub/name}
 * @param allowed whether a file of that name may be there, too
 */
public record FolderKind(String name, Set<String> required, Predicate<String> allowed) {
  /** Copies the set. */
  public FolderKind {
    Objects.requireNonNull(name, "name");
    required = Set.copyOf(required);
    Objects.requireNonNull(allowed, "allowed");
  }

  /** Refuses to replace what is at the target, unless nothing is lost or it is wanted. */
  void requireReplaceable(StagingPlace place, boolean overwrite) throws IOException {
    Path target = place.target();
    if (!place.targetExists()) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw refusal(target, "this is a file; give the name of a folder.");
    }
    List<Path> content = content(target);
    if (content.isEmpty()) {
      return;
    }
    for (Path path : content) {
      String file = target.relativize(path).toString().replace('\\', '/');
      boolean known = required.contains(file) || allowed.test(file);
      if (!known || !Files.isRegularFile(path)) {
        throw refusal(
            target,
            "the folder holds %s, which does not belong to %s; it will not be replaced. Choose another folder, or empty this one."
                .formatted(file, name));
      }
    }
    for (String file : required) {
      if (!Files.exists(target.resolve(file))) {
        throw refusal(
            target,
            "the folder has no %s, so it is not %s; it will not be replaced. Choose another folder, or empty this one."
                .formatted(file, name));
      }
    }
    if (!overwrite) {
      throw refusal(
          target,
          "there is %s already; choose another folder or allow it to be replaced (--overwrite)."
              .formatted(name));
    }
  }

  /** Everything that is not a folder with something in it, at whatever depth. */
  private static List<Path> content(Path folder) throws IOException {
    List<Path> content = new ArrayList<>();
    for (Path path : children(folder)) {
      boolean inner = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      List<Path> below = inner ? content(path) : List.of();
      content.addAll(below.isEmpty() ? List.of(path) : below);
    }
    return content;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static FileAlreadyExistsException refusal(Path target, String reason) {
    return new FileAlreadyExistsException(target.toString(), null, reason);
  }
}
