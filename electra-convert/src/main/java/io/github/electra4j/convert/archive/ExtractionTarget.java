package io.github.electra4j.convert.archive;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/** The folder that an archive unfolds into, and the rules that its entries must obey. */
final class ExtractionTarget {
  private static final int MAX_NAME_LENGTH = 1024;

  private final Path archive;
  private final Path root;
  private final ExtractionLimits limits;
  private final long byteLimit;
  private final Set<String> names = new HashSet<>();
  private int entries;
  private long bytes;

  ExtractionTarget(Path archive, Path root, ExtractionLimits limits) throws IOException {
    this.archive = archive;
    this.root = root.toAbsolutePath().normalize();
    this.limits = limits;
    this.byteLimit = limits.bytesFor(Files.size(archive));
  }

  /** Bytes that may still be written. */
  long bytesLeft() {
    return byteLimit - bytes;
  }

  /** Counts an entry and accepts a folder; folders appear when files need them. */
  void folder(String name) throws IOException {
    countEntry();
    resolve(name);
  }

  /** What an entry says about itself; -1 where it does not. */
  record Declared(long size, long crc) {}

  /** Writes one file and compares it with what its entry declared. */
  void file(String name, InputStream content, Declared declared) throws IOException {
    countEntry();
    Path file = resolve(name);
    if (file.equals(root)
        || !names.add(root.relativize(file).toString().toLowerCase(Locale.ROOT))) {
      throw refused("two entries are called \"%s\" (letter case aside)".formatted(name));
    }
    long before = bytes;
    CRC32 crc = new CRC32();
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        copy(name, content, out, crc);
      }
    } catch (FileAlreadyExistsException e) {
      throw MalformedFileException.in(
          archive,
          "\"%s\" is a file and a folder at once; the archive is refused.".formatted(name),
          e);
    }
    if (declared.size() >= 0 && declared.size() != bytes - before) {
      throw refused(
          "\"%s\" has %d bytes, its entry declares %d"
              .formatted(name, bytes - before, declared.size()));
    }
    if (declared.crc() >= 0 && declared.crc() != crc.getValue()) {
      throw refused(
          "the checksum of \"%s\" is %08x, its entry declares %08x"
              .formatted(name, crc.getValue(), declared.crc()));
    }
  }

  private void copy(String name, InputStream content, OutputStream out, CRC32 crc)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (true) {
      int count = Reading.of(archive, () -> content.read(buffer));
      if (count < 0) {
        return;
      }
      if (count > bytesLeft()) {
        throw refused("it unfolds to more than %d bytes (at \"%s\")".formatted(byteLimit, name));
      }
      bytes += count;
      crc.update(buffer, 0, count);
      out.write(buffer, 0, count);
    }
  }

  private void countEntry() throws MalformedFileException {
    if (++entries > limits.maxEntries()) {
      throw refused("it has more than %d entries".formatted(limits.maxEntries()));
    }
  }

  /** The place of an entry; both separators count, whatever the system. */
  private Path resolve(String name) throws MalformedFileException {
    String slashed = name.replace('\\', '/');
    boolean absolute =
        slashed.startsWith("/") || (slashed.length() > 1 && slashed.charAt(1) == ':');
    if (name.isEmpty() || absolute || name.indexOf(0) >= 0 || name.length() > MAX_NAME_LENGTH) {
      throw refused("the entry name \"%s\" is absolute, empty or too long".formatted(shown(name)));
    }
    Path path = root;
    for (String part : slashed.split("/", -1)) {
      if (part.equals("..")) {
        throw refused("the entry \"%s\" points outside its folder".formatted(shown(name)));
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path = child(path, part, name);
      }
    }
    if (!path.startsWith(root)) {
      throw refused("the entry \"%s\" points outside its folder".formatted(shown(name)));
    }
    return path;
  }

  private Path child(Path parent, String part, String name) throws MalformedFileException {
    try {
      return parent.resolve(part);
    } catch (java.nio.file.InvalidPathException e) {
      throw MalformedFileException.in(
          archive, "the entry name \"%s\" is not a file name here.".formatted(shown(name)), e);
    }
  }

  private static String shown(String name) {
    return name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) + "…" : name;
  }

  MalformedFileException refused(String why) {
    return MalformedFileException.in(
        archive, why + "; the archive is refused. Fetch it again from a source you trust.");
  }
}
