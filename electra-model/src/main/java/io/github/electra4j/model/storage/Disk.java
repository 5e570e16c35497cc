package io.github.electra4j.model.storage;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The operations on which an atomic write depends; tests let each of them fail. */
interface Disk {
  /** Opens a file that must not exist yet. */
  WritableByteChannel create(Path file) throws IOException;

  /** Makes one folder whose parent exists. */
  void createFolder(Path folder) throws IOException;

  /** Returns when the content of a file, or the list of names in a folder, is on the medium. */
  void force(Path fileOrFolder) throws IOException;

  /** Renames within one folder; a file in the way is replaced, all in one indivisible step. */
  void move(Path from, Path to) throws IOException;

  /** The real disk. */
  Disk REAL =
      new Disk() {
        @Override
        public WritableByteChannel create(Path file) throws IOException {
          return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public void createFolder(Path folder) throws IOException {
          Files.createDirectory(folder);
        }

        @Override
        public void force(Path fileOrFolder) throws IOException {
          boolean folder = Files.isDirectory(fileOrFolder);
          if (folder && File.separatorChar == '\\') {
            return; // Windows has no such operation on folders
          }
          StandardOpenOption access = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
          try (FileChannel channel = FileChannel.open(fileOrFolder, access)) {
            channel.force(true);
          }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
      };
}
