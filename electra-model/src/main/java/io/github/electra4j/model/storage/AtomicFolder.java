package io.github.electra4j.model.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of files that appears under its name complete or not at all. It is filled beside its
 * place and moved there by {@link #commit}; closed without a commit, it leaves nothing behind and
 * an older folder as it was.
 *
 * <pre>{@code
 * try (AtomicFolder folder = AtomicFolder.create(Path.of("out"), kind, false)) {
 *   folder.write("config.json", json.getBytes(StandardCharsets.UTF_8));
 *   folder.commit();
 * }
 * }</pre>
 *
 * <p>Replacing a folder takes two renames, because no operating system that Java knows exchanges
 * folders in one. A machine that fails between them leaves the old folder whole under {@code
 * .NAME.xxxxxxxx.old} beside its place; {@link #interrupted} finds it, and the next one that may
 * replace the folder deletes it when it has.
 */
public final class AtomicFolder implements Closeable {
  private final Disk disk;
  private final StagingPlace place;
  private final FolderKind kind;
  private final boolean overwrite;

  private AtomicFolder(Disk disk, StagingPlace place, FolderKind kind, boolean overwrite) {
    this.disk = disk;
    this.place = place;
    this.kind = kind;
    this.overwrite = overwrite;
  }

  /**
   * Starts a folder; missing parent folders are made. An empty folder that is there counts as
   * absent.
   *
   * @param target its final place
   * @param kind which folders may be replaced
   * @param overwrite whether a folder of that kind that is there may be replaced
   * @throws FileAlreadyExistsException if there is one and {@code overwrite} is false, or if what
   *     is there is not of that kind, so that replacing it would delete somebody's files
   */
  public static AtomicFolder create(Path target, FolderKind kind, boolean overwrite)
      throws IOException {
    return create(Disk.REAL, target, kind, overwrite);
  }

  static AtomicFolder create(Disk disk, Path target, FolderKind kind, boolean overwrite)
      throws IOException {
    StagingPlace place = StagingPlace.of(disk, target);
    kind.requireReplaceable(place, overwrite);
    place.begin();
    try {
      disk.createFolder(place.temporary());
    } catch (IOException e) {
      place.giveUp();
      throw e;
    }
    return new AtomicFolder(disk, place, kind, overwrite);
  }

  /** The older folder that an interrupted replacement of {@code target} has left behind. */
  public static List<Path> interrupted(Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    String prefix = "." + absolute.getFileName() + ".";
    try (Stream<Path> siblings = Files.list(parent)) {
      return siblings
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(path -> path.getFileName().toString().endsWith(".old"))
          .sorted()
          .toList();
    }
  }

  /** The final place, absolute; nothing is there before the commit. */
  public Path target() {
    return place.target();
  }

  /**
   * The folder being filled. What is put there directly takes part in the commit, too.
   *
   * @return an absolute path, valid until the commit
   */
  public Path temporary() {
    return place.temporary();
  }

  /**
   * Starts a file; the caller closes the channel.
   *
   * @param name name within the folder
   */
  public WritableByteChannel newFile(String name) throws IOException {
    return disk.create(place.temporary().resolve(name));
  }

  /** Writes a whole file from memory. */
  public void write(String name, byte[] content) throws IOException {
    try (WritableByteChannel channel = newFile(name)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  /**
   * Puts the folder in its place, after all of it has reached the medium, and deletes the one it
   * replaces.
   *
   * @throws IllegalStateException if called twice
   */
  public void commit() throws IOException {
    if (place.isSettled()) {
      throw new IllegalStateException(place.target() + " is committed already; commit once");
    }
    for (Path path : Leftovers.bottomUp(place.temporary())) {
      disk.force(path);
    }
    kind.requireReplaceable(place, overwrite);
    place.settle(this::move);
    deleteOlder();
    place.end();
  }

  private void move() throws IOException {
    boolean replaces = place.targetExists();
    if (replaces) {
      disk.move(place.target(), place.aside());
    }
    try {
      disk.move(place.temporary(), place.target());
      disk.force(place.target().getParent());
    } catch (IOException e) {
      undo(replaces, e);
      throw e;
    }
  }

  private void deleteOlder() throws IOException {
    try {
      Leftovers.deleteTree(place.aside());
      if (overwrite) {
        Leftovers.deleteMovedAside(place.target());
      }
    } catch (IOException e) {
      throw new IOException(
          "%s is in place, but the folder that it replaces could not be deleted; delete %s yourself."
              .formatted(place.target(), place.aside()),
          e);
    }
  }

  /** Puts the older folder back in its place. */
  private void undo(boolean replaces, IOException reason) {
    try {
      if (!Files.exists(place.temporary())) {
        disk.move(place.target(), place.temporary());
      }
      if (replaces) {
        disk.move(place.aside(), place.target());
      }
    } catch (IOException stuck) {
      reason.addSuppressed(stuck);
    }
  }

  /** Ends the writing; without a commit everything written is thrown away. */
  @Override
  public void close() throws IOException {
    if (!place.isSettled()) {
      place.giveUp();
    }
  }
}
