package io.github.electra4j.convert.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads a zip by its central directory, the only place that tells links from files. */
final class ZipExtraction {
  private ZipExtraction() {}

  static void extract(Path archive, ExtractionTarget target) throws IOException {
    try (ZipFile zip = Reading.of(archive, () -> ZipFile.builder().setPath(archive).get())) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      for (ZipArchiveEntry entry : entries) {
        extract(archive, zip, entry, target);
      }
    }
  }

  private static void extract(
      Path archive, ZipFile zip, ZipArchiveEntry entry, ExtractionTarget target)
      throws IOException {
    String name = entry.getName();
    if (entry.isUnixSymlink()) {
      throw target.refused("the entry \"%s\" is a link".formatted(name));
    }
    if (entry.isDirectory()) {
      target.folder(name);
      return;
    }
    if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
      throw target.refused("the entry \"%s\" is encrypted or packed unusually".formatted(name));
    }
    if (entry.getSize() > target.bytesLeft()) {
      throw target.refused("it unfolds to too many bytes (at \"%s\")".formatted(name));
    }
    try (InputStream content = Reading.of(archive, () -> zip.getInputStream(entry))) {
      target.file(name, content, new ExtractionTarget.Declared(entry.getSize(), entry.getCrc()));
    }
  }
}
