package io.github.electra4j.model.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What this process is making and has not put in its place yet: atomic files and folders before
 * their commit, and temporary folders. A program that is told to end deletes it:
 *
 * <pre>{@code
 * Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::discard));
 * }</pre>
 *
 * <p>What a process leaves that is killed, the next one deletes that writes to the same place.
 */
public final class Unfinished {
  private static final Set<Work> ALL = ConcurrentHashMap.newKeySet();

  /** Something that is being made. */
  interface Work {
    /** Deletes it; whoever is making it must not go on. */
    void discard() throws IOException;
  }

  private Unfinished() {}

  static void begin(Work work) {
    ALL.add(work);
  }

  static void end(Work work) {
    ALL.remove(work);
  }

  /**
   * Deletes all of it. Only for the end of a process: whoever commits or closes it afterwards waits
   * for that end.
   *
   * @throws UncheckedIOException if something could not be deleted, after all else was
   */
  public static void discard() {
    IOException failure = null;
    for (Work work : ALL) {
      try {
        work.discard();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw new UncheckedIOException(
          "Something unfinished could not be deleted: " + failure.getMessage(), failure);
    }
  }

  /** Never returns: an error about files that the end of the process has deleted helps nobody. */
  static void awaitEnd() {
    while (true) {
      LockSupport.park();
      Thread.interrupted();
    }
  }
}
