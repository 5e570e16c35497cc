package io.github.electra4j.convert.archive;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Unpacks zip, tar and gzip-compressed tar archives. Refused are names that leave the target folder
 * (with either separator), absolute names, links and devices, duplicates, encrypted entries,
 * archives beyond {@link ExtractionLimits}, and truncated or damaged ones.
 */
public final class ArchiveExtractor {
  private static final int TAR_MAGIC_AT = 257;

  private enum Format {
    ZIP,
    TAR,
    GZIP
  }

  private ArchiveExtractor() {}

  /** Whether the file begins like an archive of a known format, whatever its name. */
  public static boolean isArchive(Path file) throws IOException {
    return Files.isRegularFile(file) && format(file) != null;
  }

  /**
   * Unpacks {@code archive} into the existing, empty folder {@code target}. On failure, files
   * already unpacked remain in {@code target}.
   *
   * @throws MalformedFileException if the archive is damaged or refused
   */
  public static void extract(Path archive, Path target, ExtractionLimits limits)
      throws IOException {
    Format format = format(archive);
    if (format == null) {
      throw MalformedFileException.in(archive, "this is no zip, tar or tar.gz archive.");
    }
    ExtractionTarget sink = new ExtractionTarget(archive, target, limits);
    switch (format) {
      case ZIP -> ZipExtraction.extract(archive, sink);
      case TAR -> TarExtraction.extract(archive, false, sink);
      case GZIP -> TarExtraction.extract(archive, true, sink);
    }
  }

  private static Format format(Path file) throws IOException {
    byte[] head = new byte[TAR_MAGIC_AT + 5];
    int length;
    try (InputStream in = Files.newInputStream(file)) {
      length = in.readNBytes(head, 0, head.length);
    }
    if (startsWith(head, 0, 'P', 'K', 3, 4) || startsWith(head, 0, 'P', 'K', 5, 6)) {
      return Format.ZIP;
    }
    if (startsWith(head, 0, 0x1f, 0x8b)) {
      return Format.GZIP;
    }
    return length == head.length && startsWith(head, TAR_MAGIC_AT, 'u', 's', 't', 'a', 'r')
        ? Format.TAR
        : null;
  }

  private static boolean startsWith(byte[] bytes, int at, int... magic) {
    byte[] wanted = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      wanted[i] = (byte) magic[i];
    }
    return Arrays.equals(bytes, at, at + magic.length, wanted, 0, magic.length);
  }
}
