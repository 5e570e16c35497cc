package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a result is built before it takes its place: beside the target, on the same file system.
 * Parent folders that are missing are made, and removed again if the result is given up.
 */
final class StagingPlace {
  private final Disk disk;
  private final Path target;
  private final String tag;
  private final Deque<Path> madeFolders = new ArrayDeque<>();

  private StagingPlace(Disk disk, Path target) {
    this.disk = disk;
    this.target = target;
    this.tag = "%08x".formatted(ThreadLocalRandom.current().nextInt());
  }

  static StagingPlace of(Disk disk, Path wanted) throws IOException {
    Path target = wanted.toAbsolutePath().normalize();
    if (Files.isSymbolicLink(target) && Files.exists(target)) {
      target = target.toRealPath(); // replace what the link points to, not the link
    }
    if (target.getFileName() == null) {
      throw new IOException(wanted + " has no name of its own; give a path below it.");
    }
    return new StagingPlace(disk, target);
  }

  /** The place of the finished result, absolute. */
  Path target() {
    return target;
  }

  /** Where the result is built. */
  Path temporary() {
    return sibling(".tmp");
  }

  /** Where the result that is being replaced waits. */
  Path aside() {
    return sibling(".old");
  }

  boolean targetExists() {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes the parent folders that are missing. */
  void makeParents() throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path folder = target.getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      missing.push(folder);
      folder = folder.getParent();
    }
    for (Path next : missing) {
      disk.createFolder(next);
      madeFolders.push(next);
    }
  }

  /** Removes the parent folders that were made here, unless somebody has put something in. */
  void abandon() throws IOException {
    for (Path folder : madeFolders) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException inUse) {
        return; // it holds the work of somebody else by now
      }
    }
  }

  private Path sibling(String suffix) {
    return target.resolveSibling("." + target.getFileName() + "." + tag + suffix);
  }
}
