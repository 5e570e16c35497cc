package io.github.electra4j.convert.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads a tar from start to end, decompressed on the way if it is gzipped. */
final class TarExtraction {
  /** Bytes that headers between two files may take; longer ones are there to fill the memory. */
  private static final long HEADER_QUOTA = 1 << 20;

  private TarExtraction() {}

  static void extract(Path archive, boolean gzipped, ExtractionTarget target) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        Metered plain = new Metered(decompressed(archive, file, gzipped));
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      TarArchiveEntry entry = next(archive, tar, plain);
      while (entry != null) {
        plain.grant(target.bytesLeft() + HEADER_QUOTA);
        extract(tar, entry, target);
        entry = next(archive, tar, plain);
      }
      // Whatever follows is padding; reading it makes the decompressor check its own checksum.
      plain.grant(HEADER_QUOTA);
      Reading.of(archive, () -> plain.transferTo(OutputStream.nullOutputStream()));
    }
  }

  private static InputStream decompressed(Path archive, InputStream file, boolean gzipped)
      throws IOException {
    return gzipped
        ? Reading.of(
            archive,
            () ->
                GzipCompressorInputStream.builder()
                    .setInputStream(file)
                    .setDecompressConcatenated(true)
                    .get())
        : file;
  }

  private static TarArchiveEntry next(Path archive, TarArchiveInputStream tar, Metered plain)
      throws IOException {
    plain.grant(HEADER_QUOTA);
    return Reading.of(archive, tar::getNextEntry);
  }

  private static void extract(
      TarArchiveInputStream tar, TarArchiveEntry entry, ExtractionTarget target)
      throws IOException {
    String name = entry.getName();
    if (entry.isDirectory()) {
      target.folder(name);
      return;
    }
    boolean special =
        entry.isSymbolicLink()
            || entry.isLink()
            || entry.isCharacterDevice()
            || entry.isBlockDevice()
            || entry.isFIFO()
            || entry.isSparse();
    if (special || !tar.canReadEntryData(entry)) {
      throw target.refused("the entry \"%s\" is a link or no plain file".formatted(name));
    }
    target.file(name, tar, new ExtractionTarget.Declared(entry.getSize(), -1));
  }

  /** A stream that ends in an exception once it has delivered more than was granted. */
  private static final class Metered extends FilterInputStream {
    private long left;

    Metered(InputStream in) {
      super(in);
    }

    void grant(long bytes) {
      left = bytes;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      spend(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      spend(Math.max(0, count));
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(count);
      spend(skipped);
      return skipped;
    }

    private void spend(long count) throws IOException {
      left -= count;
      if (left < 0) {
        throw new IOException("more data than its files and headers can need");
      }
    }
  }
}
