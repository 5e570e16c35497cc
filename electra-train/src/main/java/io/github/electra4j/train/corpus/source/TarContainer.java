package io.github.electra4j.train.corpus.source;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a tar in their order; links, devices and sparse files are passed over. */
final class TarContainer implements Container {
  private final Member archive;
  private final TarArchiveInputStream tar;

  TarContainer(Member archive) {
    this.archive = archive;
    this.tar = new TarArchiveInputStream(archive.in());
  }

  @Override
  public Member next() throws IOException {
    TarArchiveEntry entry = nextEntry();
    while (entry != null && !isText(entry)) {
      entry = nextEntry();
    }
    if (entry == null) {
      // Whatever follows is padding; reading it makes the decompressor check its own checksum.
      archive.in().transferTo(OutputStream.nullOutputStream());
      return null;
    }
    String source = archive.source() + "/" + entry.getName();
    return new Member(
        source,
        new UnfoldedInput(source, archive.file(), archive.budget(), tar, false),
        archive.file(),
        archive.budget());
  }

  private TarArchiveEntry nextEntry() throws IOException {
    return Reading.of(archive.source(), archive.file(), tar::getNextEntry);
  }

  private boolean isText(TarArchiveEntry entry) {
    return entry.isFile() && !entry.isSparse() && !entry.isSymbolicLink() && !entry.isLink();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
