package io.github.electra4j.model.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder for what is of use only for a while, e.g. an archive that is unpacked. It disappears
 * with everything in it when it is closed, with {@link Unfinished#discard}, or, if the process is
 * killed, when the next one makes such a folder.
 */
public final class TemporaryFolder implements Closeable {
  private final StagingPlace place;

  private TemporaryFolder(StagingPlace place) {
    this.place = place;
  }

  /** Makes an empty folder that only this user can read, where the system keeps temporary files. */
  public static TemporaryFolder create() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "_");
    StagingPlace place = new StagingPlace(Disk.REAL, parent.resolve("electra4j-" + user));
    place.begin();
    try {
      Files.createDirectory(place.temporary(), permissions(parent));
    } catch (IOException e) {
      place.giveUp();
      throw e;
    }
    return new TemporaryFolder(place);
  }

  private static FileAttribute<?>[] permissions(Path parent) {
    return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Its place, absolute. */
  public Path path() {
    return place.temporary();
  }

  /** Deletes it. */
  @Override
  public void close() throws IOException {
    place.giveUp();
  }
}
