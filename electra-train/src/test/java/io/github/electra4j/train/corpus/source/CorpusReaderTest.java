package io.github.electra4j.train.corpus.source;

import static io.github.electra4j.train.corpus.source.Archives.bytes;
import static io.github.electra4j.train.corpus.source.Archives.compressed;
import static io.github.electra4j.train.corpus.source.Archives.tar;
import static io.github.electra4j.train.corpus.source.Archives.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.corpus.source.CorpusChunk.InvalidUtf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
  @TempDir private Path folder;

  @Test
  void everyKindOfFileYieldsItsText() throws IOException {
    List<Map.Entry<String, byte[]>> members =
        List.of(Map.entry("b.txt", bytes("one\n")), Map.entry("folder/a.txt", bytes("two")));
    byte[] tar = tar(members);
    for (byte[] file :
        List.of(
            tar,
            compressed("gz", tar),
            compressed("xz", tar),
            compressed("zst", tar),
            zip(members),
            tar(List.of(Map.entry("inner.tar.xz", compressed("xz", tar)))))) {
      Path path = Files.write(folder.resolve("corpus"), file);
      List<String> texts = texts(path);
      assertEquals(List.of("one\n", "two"), texts);
    }
    for (String kind : Archives.COMPRESSORS.keySet()) {
      Path path = Files.write(folder.resolve("corpus"), compressed(kind, bytes("Wörter\n\nmehr")));
      assertEquals(List.of("Wörter\n\nmehr"), texts(path));
    }
  }

  @Test
  void aTextMayBeginLikeABzip2File() throws IOException {
    Path path = Files.write(folder.resolve("corpus"), bytes("BZh9 is how such files begin.\n"));
    assertEquals(List.of("BZh9 is how such files begin.\n"), texts(path));
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk/sub"));
    Files.write(disk.resolve("a.txt"), bytes("one"));
    Path corpus = Files.createSymbolicLink(folder.resolve("corpus"), folder.resolve("disk"));
    assertEquals(List.of("one"), texts(corpus));
    Files.createSymbolicLink(folder.resolve("disk/again"), disk);
    assertEquals(List.of("one", "one"), texts(corpus));
  }

  @Test
  void gzipFilesMayBeStrungTogether() throws IOException {
    byte[] one = compressed("gz", bytes("one\n"));
    byte[] both = java.util.Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, both, one.length, one.length);
    assertEquals(List.of("one\none\n"), texts(Files.write(folder.resolve("two.gz"), both)));
  }

  @Test
  void theFilesOfAFolderComeInTheOrderOfTheirNames() throws IOException {
    Files.createDirectories(folder.resolve("corpus/sub"));
    Files.writeString(folder.resolve("corpus/z.txt"), "4");
    Files.writeString(folder.resolve("corpus/sub/b.txt"), "3");
    Files.writeString(folder.resolve("corpus/sub/a.txt"), "2");
    Files.writeString(folder.resolve("corpus/a.txt"), "1");
    Files.writeString(folder.resolve("corpus/.hidden"), "no");
    Files.writeString(folder.resolve("corpus/e.txt"), "");
    assertEquals(List.of("1", "", "2", "3", "4"), texts(folder.resolve("corpus")));
    try (CorpusReader reader = CorpusReader.open(List.of(folder.resolve("corpus")))) {
      assertEquals(5, reader.files());
      assertEquals(4, reader.bytesTotal());
      while (reader.next() != null) {
        assertTrue(reader.bytesRead() <= reader.bytesTotal());
      }
      assertEquals(4, reader.bytesRead());
      assertEquals(5, reader.texts());
    }
  }

  @Test
  void chunksAreWholeLinesHoweverLong() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      text.append("line ").append(i).append(" with an umlaut ä\n");
    }
    text.append("x".repeat(3 << 20)).append('\n').append("end");
    Path file = Files.writeString(folder.resolve("long.txt"), text);
    StringBuilder read = new StringBuilder();
    long line = 1;
    int chunks = 0;
    try (CorpusReader reader = CorpusReader.open(List.of(file))) {
      for (CorpusChunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
        chunks++;
        assertEquals(line, chunk.firstLine());
        String part = chunk.text(InvalidUtf8.REFUSE);
        assertTrue(chunk.endsFile() || part.endsWith("\n"));
        read.append(part);
        line += chunk.lineFeeds();
      }
    }
    assertTrue(chunks >= 3, chunks + " chunks");
    assertEquals(text.toString(), read.toString());
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirLineOrDropped() throws IOException {
    Path file = folder.resolve("latin.txt");
    Files.write(file, "fine\nK\u00f6ln\n".getBytes(StandardCharsets.ISO_8859_1));
    MalformedFileException refused = assertThrows(MalformedFileException.class, () -> texts(file));
    assertTrue(refused.getMessage().contains("latin.txt: line 2 is not UTF-8"));
    try (CorpusReader reader = CorpusReader.open(List.of(file))) {
      assertEquals("fine\nKln\n", reader.next().text(InvalidUtf8.DROP));
    }
  }

  @Test
  void missingAndEmptyPlacesAreNamed() throws IOException {
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> CorpusReader.open(List.of(missing)));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThrows(NoSuchFileException.class, () -> CorpusReader.open(List.of(empty)));
  }

  @Test
  void aBombIsGivenUp() throws IOException {
    byte[] zeros = new byte[80 << 20];
    Path file = Files.write(folder.resolve("bomb.xz"), compressed("xz", zeros));
    MalformedFileException bomb = assertThrows(MalformedFileException.class, () -> texts(file));
    assertTrue(bomb.getMessage().contains("bomb.xz"), bomb.getMessage());
  }

  @Test
  void aZipWithinAnArchiveIsRefused() throws IOException {
    byte[] zip = zip(List.of(Map.entry("a", bytes("a"))));
    Path file = Files.write(folder.resolve("a.tar"), tar(List.of(Map.entry("in.zip", zip))));
    MalformedFileException refused = assertThrows(MalformedFileException.class, () -> texts(file));
    assertTrue(refused.getMessage().contains("a.tar/in.zip: "), refused.getMessage());
  }

  @Test
  void nestingHasAnEnd() throws IOException {
    byte[] nested = bytes("text");
    for (int i = 0; i < 8; i++) {
      nested = compressed("gz", nested);
    }
    Path file = Files.write(folder.resolve("deep.gz"), nested);
    assertThrows(MalformedFileException.class, () -> texts(file));
  }

  private static List<String> texts(Path path) throws IOException {
    List<String> texts = new ArrayList<>();
    try (CorpusReader reader = CorpusReader.open(List.of(path))) {
      StringBuilder text = new StringBuilder();
      for (CorpusChunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
        text.append(chunk.text(InvalidUtf8.REFUSE));
        if (chunk.endsFile()) {
          texts.add(text.toString());
          text.setLength(0);
        }
      }
    }
    return texts;
  }
}
