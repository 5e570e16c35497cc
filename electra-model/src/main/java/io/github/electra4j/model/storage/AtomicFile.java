package io.github.electra4j.model.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that appears under its name complete or not at all. It is written beside its place and
 * moved there by {@link #commit}; closed without a commit, it leaves nothing behind and an older
 * file as it was. What a process that was killed has left, the next one that writes the same file
 * deletes.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.create(Path.of("result.json"), false)) {
 *   file.write(json.getBytes(StandardCharsets.UTF_8));
 *   file.commit();
 * }
 * }</pre>
 */
public final class AtomicFile implements Closeable {
  private final Disk disk;
  private final StagingPlace place;
  private final boolean overwrite;
  private final WritableByteChannel channel;

  private AtomicFile(
      Disk disk, StagingPlace place, boolean overwrite, WritableByteChannel channel) {
    this.disk = disk;
    this.place = place;
    this.overwrite = overwrite;
    this.channel = channel;
  }

  /**
   * Starts a file; missing parent folders are made.
   *
   * @param target its final place
   * @param overwrite whether a file that is there may be replaced
   * @throws FileAlreadyExistsException if there is one and {@code overwrite} is false, or if {@code
   *     target} is a folder
   */
  public static AtomicFile create(Path target, boolean overwrite) throws IOException {
    return create(Disk.REAL, target, overwrite);
  }

  /** Writes a whole file from memory; see {@link #create}. */
  public static void write(Path target, byte[] content, boolean overwrite) throws IOException {
    try (AtomicFile file = create(target, overwrite)) {
      file.write(content);
      file.commit();
    }
  }

  static AtomicFile create(Disk disk, Path target, boolean overwrite) throws IOException {
    StagingPlace place = StagingPlace.of(disk, target);
    requireFree(place, overwrite);
    place.begin();
    try {
      return new AtomicFile(disk, place, overwrite, disk.create(place.temporary()));
    } catch (IOException e) {
      place.giveUp();
      throw e;
    }
  }

  /** Where to write; closed by {@link #commit} and {@link #close}. */
  public WritableByteChannel channel() {
    return channel;
  }

  /** Appends all of {@code bytes}. */
  public void write(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /**
   * Puts the file in its place, after all of it has reached the medium.
   *
   * @throws IllegalStateException if called twice
   */
  public void commit() throws IOException {
    if (place.isSettled()) {
      throw new IllegalStateException(place.target() + " is committed already; commit once");
    }
    channel.close();
    disk.force(place.temporary());
    requireFree(place, overwrite);
    place.settle(() -> disk.move(place.temporary(), place.target()));
    place.end();
    disk.force(place.target().getParent());
  }

  /** Ends the writing; without a commit everything written is thrown away. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      if (!place.isSettled()) {
        place.giveUp();
      }
    }
  }

  private static void requireFree(StagingPlace place, boolean overwrite)
      throws FileAlreadyExistsException {
    Path target = place.target();
    if (Files.isDirectory(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "this is a folder; give the name of a file.");
    }
    if (place.targetExists() && !overwrite) {
      throw new FileAlreadyExistsException(
          target.toString(),
          null,
          "the file exists already; choose another name or allow it to be replaced (--overwrite).");
    }
  }
}
