package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a result is built before it takes its place: beside the target, on the same file system.
 * Parent folders that are missing are made, and removed again if the result is given up.
 */
final class StagingPlace implements Unfinished.Work {
  private final Disk disk;
  private final Path target;
  private final Deque<Path> madeFolders = new ArrayDeque<>();
  private String tag = "";
  private Optional<StagingLock> lock = Optional.empty();
  private boolean settled;
  private boolean discarded;

  StagingPlace(Disk disk, Path target) {
    this.disk = disk;
    this.target = target;
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
    return Leftovers.sibling(target, tag, Leftovers.TEMPORARY);
  }

  /** Where the result that is being replaced waits. */
  Path aside() {
    return Leftovers.sibling(target, tag, Leftovers.ASIDE);
  }

  boolean targetExists() {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes the parent folders that are missing and takes a name beside the target, after deleting
   * what killed processes have begun there.
   */
  void begin() throws IOException {
    Leftovers.deleteBegun(target);
    try {
      makeParents();
      while (lock.isEmpty()) {
        tag = "%08x".formatted(ThreadLocalRandom.current().nextInt());
        lock = StagingLock.take(Leftovers.sibling(target, tag, Leftovers.LOCK));
      }
    } catch (IOException e) {
      abandon();
      throw e;
    }
    Unfinished.begin(this);
  }

  private void makeParents() throws IOException {
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

  /** A step that moves the result to its place, whole or not at all. */
  interface Settling {
    void run() throws IOException;
  }

  /** Moves the result to its place, unless the process is ending. */
  synchronized void settle(Settling step) throws IOException {
    requireKept();
    step.run();
    settled = true;
  }

  /** Whether the result is in its place. */
  synchronized boolean isSettled() {
    return settled;
  }

  /** Tells that nothing but the result is left. */
  synchronized void end() throws IOException {
    requireKept();
    Unfinished.end(this);
    release();
  }

  /** Deletes what was built, and the parent folders that were made here. */
  synchronized void giveUp() throws IOException {
    requireKept();
    try {
      Leftovers.deleteTree(temporary());
    } finally {
      Unfinished.end(this);
      release();
      abandon();
    }
  }

  @Override
  public synchronized void discard() throws IOException {
    discarded = true;
    Leftovers.deleteTree(settled ? aside() : temporary());
    release();
    if (!settled) {
      abandon();
    }
  }

  private void requireKept() {
    if (discarded) {
      Unfinished.awaitEnd();
    }
  }

  private void release() throws IOException {
    if (lock.isPresent()) {
      lock.get().release();
      lock = Optional.empty();
    }
  }

  /** Removes the parent folders that were made here, unless somebody has put something in. */
  private void abandon() throws IOException {
    for (Path folder : madeFolders) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException inUse) {
        return; // it holds the work of somebody else by now
      }
    }
  }
}
