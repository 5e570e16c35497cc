package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells other processes that something is being made here. The operating system unlocks the file
 * when its owner ends, however it ends, so that what a killed process left is told from what
 * another one is writing.
 */
final class StagingLock {
  /** Of this process, for which the operating system would not refuse a second lock. */
  private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private StagingLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Something to do with a file that nobody owns. */
  interface Deletion {
    void run() throws IOException;
  }

  /**
   * Makes and locks a file; empty if another process has taken it for a leftover meanwhile.
   *
   * @throws IOException if it cannot be made, or is there already
   */
  static Optional<StagingLock> take(Path file) throws IOException {
    OWN.add(file.toString());
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      taken = isLocked(channel) && Files.exists(file);
      return taken ? Optional.of(new StagingLock(file, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        OWN.remove(file.toString());
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** Runs a deletion and deletes the lock's file, unless some process owns it. */
  static void ifNobodys(Path file, Deletion deletion) throws IOException {
    if (OWN.contains(file.toString())) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        deletion.run();
        Files.deleteIfExists(file);
      }
    } catch (AccessDeniedException | OverlappingFileLockException others) {
      return; // it is another user's, or another thread deletes it just now
    }
  }

  private static boolean isLocked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException noLocks) {
      return true; // no process can lock files here, so that none will take this for a leftover
    }
  }

  /** Lets go of the file and deletes it. */
  void release() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      channel.close();
      OWN.remove(file.toString());
    }
  }
}
