package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A disk whose n-th operation fails: the opening of a file, a write (after half of its bytes), the
 * closing, a flush, a rename or the making of a folder.
 */
public final class FailingDisk implements Disk {
  private final int failAt;
  private int operations;

  private FailingDisk(int failAt) {
    this.failAt = failAt;
  }

  /** What the failing operation throws. */
  public static final class DiskFull extends IOException {
    private static final long serialVersionUID = 1L;

    DiskFull(String operation) {
      super("No space left on device, while trying to " + operation);
    }
  }

  /** A disk whose operation {@code failAt}, counted from 0, fails. */
  public static FailingDisk at(int failAt) {
    return new FailingDisk(failAt);
  }

  /** An atomic folder on this disk. */
  public AtomicFolder folder(Path target, FolderKind kind, boolean overwrite) throws IOException {
    return AtomicFolder.create(this, target, kind, overwrite);
  }

  /** An atomic file on this disk. */
  public AtomicFile file(Path target, boolean overwrite) throws IOException {
    return AtomicFile.create(this, target, overwrite);
  }

  /** Whether the failing operation was reached. */
  public boolean hasFailed() {
    return operations > failAt;
  }

  @Override
  public WritableByteChannel create(Path file) throws IOException {
    step("create " + file);
    return new FailingChannel(REAL.create(file));
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    step("make " + folder);
    REAL.createFolder(folder);
  }

  @Override
  public void force(Path fileOrFolder) throws IOException {
    step("flush " + fileOrFolder);
    REAL.force(fileOrFolder);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    step("rename " + from);
    REAL.move(from, to);
  }

  private boolean fails() {
    return operations++ == failAt;
  }

  private void step(String operation) throws IOException {
    if (fails()) {
      throw new DiskFull(operation);
    }
  }

  private final class FailingChannel implements WritableByteChannel {
    private final WritableByteChannel real;

    private FailingChannel(WritableByteChannel real) {
      this.real = real;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (fails()) {
        ByteBuffer half = source.slice();
        half.limit(half.limit() / 2);
        real.write(half);
        throw new DiskFull("write");
      }
      return real.write(source);
    }

    @Override
    public boolean isOpen() {
      return real.isOpen();
    }

    @Override
    public void close() throws IOException {
      boolean wasOpen = real.isOpen();
      real.close();
      if (wasOpen) {
        step("close");
      }
    }
  }
}
