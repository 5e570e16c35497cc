package io.github.electra4j.convert.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveExtractorTest {
  private static final byte[] TEXT = "a few words".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path archive;
  private Path target;

  @BeforeEach
  void places() throws IOException {
    archive = folder.resolve("archive");
    target = Files.createDirectory(folder.resolve("target"));
  }

  private interface Fill<T> {
    void into(T out) throws IOException;
  }

  private void zip(Fill<ZipArchiveOutputStream> fill) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(archive)) {
      fill.into(out);
    }
  }

  private static void entry(ZipArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    out.putArchiveEntry(new ZipArchiveEntry(name));
    out.write(content);
    out.closeArchiveEntry();
  }

  private void tarGz(Fill<TarArchiveOutputStream> fill) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      fill.into(out);
    }
  }

  private static void entry(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private void extract() throws IOException {
    ArchiveExtractor.extract(archive, target, ExtractionLimits.standard());
  }

  private void assertRefused(String why) throws IOException {
    MalformedFileException error = assertThrows(MalformedFileException.class, this::extract);
    assertTrue(error.getMessage().contains(why), error.getMessage());
    try (var outside = Files.list(folder)) {
      assertEquals(2, outside.count(), "nothing appears beside archive and target");
    }
  }

  @Test
  void zipAndTarUnfoldToTheSameFiles() throws IOException {
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    zip(
        out -> {
          entry(out, "model/", new byte[0]);
          entry(out, "model/vocab.txt", TEXT);
          entry(out, "model/data", noise);
        });
    assertTrue(ArchiveExtractor.isArchive(archive));
    extract();
    assertArrayEquals(TEXT, Files.readAllBytes(target.resolve("model/vocab.txt")));
    target = Files.createDirectory(folder.resolve("second"));
    tarGz(
        out -> {
          entry(out, "./model/", new byte[0]);
          entry(out, "./model/vocab.txt", TEXT);
          entry(out, "./model/data", noise);
        });
    assertTrue(ArchiveExtractor.isArchive(archive));
    extract();
    assertArrayEquals(noise, Files.readAllBytes(target.resolve("model/data")));
  }

  @Test
  void aPlainTarIsKnownByItsContent() throws IOException {
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      entry(out, "vocab.txt", TEXT);
    }
    extract();
    assertArrayEquals(TEXT, Files.readAllBytes(target.resolve("vocab.txt")));
  }

  @Test
  void anotherFileIsNoArchive() throws IOException {
    Files.write(archive, TEXT);
    assertFalse(ArchiveExtractor.isArchive(archive));
    assertFalse(ArchiveExtractor.isArchive(folder));
    assertThrows(MalformedFileException.class, this::extract);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "..\\evil", "a\\..\\..\\evil"})
  void namesThatClimbOutAreRefused(String name) throws IOException {
    zip(out -> entry(out, name, TEXT));
    assertRefused("points outside");
    tarGz(out -> entry(out, name, TEXT));
    assertRefused("points outside");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/evil", "\\evil", "C:\\evil", "c:evil"})
  void absoluteNamesAreRefused(String name) throws IOException {
    zip(out -> entry(out, name, TEXT));
    assertRefused("absolute");
  }

  @Test
  void anAbsoluteNameInATarIsRefused() throws IOException {
    tarGz(out -> entry(out, "/evil", TEXT));
    assertRefused("absolute");
  }

  @Test
  void linksAreRefused() throws IOException {
    zip(
        out -> {
          ZipArchiveEntry link = new ZipArchiveEntry("link");
          link.setUnixMode(0120777);
          out.putArchiveEntry(link);
          out.write(TEXT);
          out.closeArchiveEntry();
        });
    assertRefused("link");
    for (byte type :
        new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO}) {
      tarGz(
          out -> {
            TarArchiveEntry link = new TarArchiveEntry("link", type);
            link.setLinkName("/etc/hostname");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
          });
      assertRefused("link");
    }
  }

  @Test
  void duplicatesAreRefusedWhateverTheLetterCase() throws IOException {
    zip(
        out -> {
          entry(out, "a/vocab.txt", TEXT);
          entry(out, "a//Vocab.txt", TEXT);
        });
    assertRefused("two entries");
  }

  @Test
  void aFileThatIsAlsoAFolderIsRefused() throws IOException {
    zip(
        out -> {
          entry(out, "a", TEXT);
          entry(out, "a/b", TEXT);
        });
    assertThrows(IOException.class, this::extract);
  }

  @Test
  void aBombIsStopped() throws IOException {
    ExtractionLimits limits = new ExtractionLimits(1000, 3, 10);
    zip(out -> entry(out, "zeros", new byte[100_000]));
    assertThrows(
        MalformedFileException.class, () -> ArchiveExtractor.extract(archive, target, limits));
    tarGz(out -> entry(out, "zeros", new byte[100_000]));
    assertThrows(
        MalformedFileException.class, () -> ArchiveExtractor.extract(archive, target, limits));
    tarGz(
        out -> {
          for (int i = 0; i < 4; i++) {
            entry(out, "file" + i, new byte[1]);
          }
        });
    assertThrows(
        MalformedFileException.class, () -> ArchiveExtractor.extract(archive, target, limits));
  }

  @Test
  void theRatioLimitGrowsWithTheArchive() {
    ExtractionLimits limits = new ExtractionLimits(1L << 40, 10, 200);
    assertEquals(64L << 20, limits.bytesFor(10));
    assertEquals(200L << 30, limits.bytesFor(1L << 30));
    assertEquals(1L << 40, limits.bytesFor(Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> new ExtractionLimits(0, 1, 1));
  }

  @Test
  void anEndlessHeaderOfATarIsStopped() throws IOException {
    tarGz(
        out -> {
          TarArchiveEntry name =
              new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
          name.setSize(3 << 20);
          out.putArchiveEntry(name);
          out.write(new byte[3 << 20]);
          out.closeArchiveEntry();
        });
    assertRefused("more data than");
  }

  @Test
  void archivesTruncatedAnywhereAreRefused() throws IOException {
    byte[] noise = new byte[300];
    new Random(2).nextBytes(noise);
    zip(out -> entry(out, "vocab.txt", noise));
    assertEveryTruncationFails();
    tarGz(out -> entry(out, "vocab.txt", noise));
    assertEveryTruncationFails();
  }

  private void assertEveryTruncationFails() throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    for (int length = 0; length < whole.length; length++) {
      Files.write(archive, Arrays.copyOf(whole, length));
      Files.deleteIfExists(target.resolve("vocab.txt"));
      assertThrows(MalformedFileException.class, this::extract, "length " + length);
    }
  }

  @Test
  void flippedBitsEndCleanly() throws IOException {
    zip(out -> entry(out, "vocab.txt", TEXT));
    assertFlippedBitsEndCleanly();
    tarGz(out -> entry(out, "vocab.txt", TEXT));
    assertFlippedBitsEndCleanly();
  }

  private void assertFlippedBitsEndCleanly() throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(archive, damaged);
      Path fresh = Files.createTempDirectory(target, "bit");
      try {
        ArchiveExtractor.extract(archive, fresh, ExtractionLimits.standard());
      } catch (MalformedFileException e) {
        assertTrue(e.getMessage().contains(archive.toString()), e.getMessage());
        continue;
      }
      for (String name : new String[] {"vocab.txt"}) {
        Path file = fresh.resolve(name);
        assertTrue(
            !Files.exists(file) || Arrays.equals(TEXT, Files.readAllBytes(file)),
            "accepted content is intact, bit " + bit);
      }
    }
  }
}
