package io.github.electra4j.train.corpus.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.testkit.Corruptions;
import io.github.electra4j.train.corpus.source.CorpusChunk.InvalidUtf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are read or end in one kind of exception. */
class CorpusReaderFuzzTest {
  private static final String TEXT = "A first line.\nA second one, and so on.\n".repeat(20);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst", "tar.gz", "zip"})
  void aTruncatedFileIsRefused(String kind) throws IOException {
    byte[] intact = file(kind);
    Path path = folder.resolve("some." + kind);
    for (int length = intact.length - 1; length > 20; length--) {
      Files.write(path, intact);
      Corruptions.truncate(path, length);
      assertThrows(MalformedFileException.class, () -> read(path), kind + " of " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "zst", "tar.gz", "zip"})
  void aFlippedBitIsRefusedOrDoesNoHarm(String kind) throws IOException {
    byte[] intact = file(kind);
    Path path = Files.write(folder.resolve("some." + kind), intact);
    int refused = 0;
    for (int at = 0; at < intact.length; at++) {
      Corruptions.flipBit(path, at, at % 8);
      try {
        read(path);
      } catch (MalformedFileException e) {
        refused++;
      }
      Corruptions.flipBit(path, at, at % 8);
    }
    assertTrue(refused > intact.length / 5, refused + " of " + intact.length);
    assertEquals(TEXT, read(path));
  }

  @Test
  void aDamagedTarIsReadOrRefused() throws IOException {
    byte[] intact = Archives.tar(List.of(Map.entry("a.txt", Archives.bytes(TEXT))));
    Path path = Files.write(folder.resolve("some.tar"), intact);
    for (int at = 0; at < 2048; at++) {
      Corruptions.flipBit(path, at, at % 8);
      try {
        read(path);
      } catch (MalformedFileException e) {
        assertTrue(e.getMessage().contains("some.tar"), e.getMessage());
      }
      Corruptions.flipBit(path, at, at % 8);
    }
    assertEquals(TEXT, read(path));
  }

  private static byte[] file(String kind) throws IOException {
    byte[] text = Archives.bytes(TEXT);
    return switch (kind) {
      case "tar.gz" -> Archives.compressed("gz", Archives.tar(List.of(Map.entry("a.txt", text))));
      case "zip" -> Archives.zip(List.of(Map.entry("a.txt", text)));
      default -> Archives.compressed(kind, text);
    };
  }

  private static String read(Path path) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CorpusReader reader = CorpusReader.open(List.of(path))) {
      for (CorpusChunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
        text.append(chunk.text(InvalidUtf8.REFUSE));
      }
    }
    return text.toString();
  }
}
