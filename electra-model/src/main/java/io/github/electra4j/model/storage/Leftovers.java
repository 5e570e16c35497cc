package io.github.electra4j.model.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is beside a target while it is written: {@code .NAME.xxxxxxxx.SUFFIX}. */
final class Leftovers {
  static final String TEMPORARY = "tmp";
  static final String ASIDE = "old";
  static final String LOCK = "lock";

  /** Attempts to empty a folder into which somebody is still writing. */
  private static final int ATTEMPTS = 20;

  private Leftovers() {}

  static Path sibling(Path target, String tag, String suffix) {
    return target.resolveSibling("." + target.getFileName() + "." + tag + "." + suffix);
  }

  /** Deletes what processes that were killed have begun to write for a target. */
  static void deleteBegun(Path target) throws IOException {
    Set<String> tags = tags(target, LOCK);
    tags.addAll(tags(target, TEMPORARY));
    delete(target, tags, TEMPORARY);
  }

  /** Deletes what processes that were killed have moved aside to replace it. */
  static void deleteMovedAside(Path target) throws IOException {
    delete(target, tags(target, ASIDE), ASIDE);
  }

  private static void delete(Path target, Set<String> tags, String suffix) throws IOException {
    for (String tag : tags) {
      StagingLock.ifNobodys(
          sibling(target, tag, LOCK), () -> deleteTree(sibling(target, tag, suffix)));
    }
  }

  /** The tags of what is there. */
  private static Set<String> tags(Path target, String suffix) throws IOException {
    Path parent = target.getParent();
    Set<String> tags = new TreeSet<>();
    if (parent == null || !Files.isDirectory(parent)) {
      return tags;
    }
    Pattern pattern =
        Pattern.compile(Pattern.quote("." + target.getFileName()) + "\\.([0-9a-f]{8})\\." + suffix);
    try (Stream<Path> siblings = Files.list(parent)) {
      for (Path path : (Iterable<Path>) siblings::iterator) {
        Matcher matcher = pattern.matcher(path.getFileName().toString());
        if (matcher.matches()) {
          tags.add(matcher.group(1));
        }
      }
    }
    return tags;
  }

  /** Deletes a file, or a folder with all that is in it; nothing if there is none. */
  static void deleteTree(Path root) throws IOException {
    for (int attempt = 1; Files.exists(root, LinkOption.NOFOLLOW_LINKS); attempt++) {
      try {
        for (Path path : bottomUp(root)) {
          Files.deleteIfExists(path);
        }
      } catch (DirectoryNotEmptyException | NoSuchFileException changed) {
        if (attempt == ATTEMPTS) {
          throw changed;
        }
      }
    }
  }

  /** Everything in a folder and itself, what is inside first; empty if there is none. */
  static List<Path> bottomUp(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
