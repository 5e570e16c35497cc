package io.github.electra4j.train.corpus.source;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The files of a zip in their order on the disk; links are passed over. */
final class ZipContainer implements Container {
  private final Path archive;
  private final RawInput file;
  private final Budget budget;
  private final LongConsumer counter;
  private final ZipFile zip;
  private final Enumeration<ZipArchiveEntry> entries;

  /**
   * @param file the same file as a stream, which is closed with this
   * @param counter told how many bytes of the file were read
   */
  ZipContainer(Path archive, RawInput file, Budget budget, LongConsumer counter)
      throws IOException {
    this.archive = archive;
    this.file = file;
    this.budget = budget;
    this.counter = counter;
    this.zip = Reading.of(archive.toString(), file, () -> ZipFile.builder().setPath(archive).get());
    this.entries = zip.getEntriesInPhysicalOrder();
  }

  @Override
  public Member next() throws IOException {
    while (entries.hasMoreElements()) {
      ZipArchiveEntry entry = entries.nextElement();
      if (!entry.isDirectory() && !entry.isUnixSymlink()) {
        return member(entry);
      }
    }
    return null;
  }

  private Member member(ZipArchiveEntry entry) throws IOException {
    String source = archive + "/" + entry.getName();
    if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
      throw MalformedFileException.in(
          source, "it is encrypted or compressed in an unusual way. Unpack the archive yourself.");
    }
    InputStream content = Reading.of(source, file, () -> zip.getInputStream(entry));
    counter.accept(Math.max(0, entry.getCompressedSize()));
    return new Member(source, new UnfoldedInput(source, file, budget, content, true), file, budget);
  }

  @Override
  public void close() throws IOException {
    try (file) {
      zip.close();
    }
  }
}
