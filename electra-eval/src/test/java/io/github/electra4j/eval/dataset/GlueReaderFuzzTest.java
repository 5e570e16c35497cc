package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlueReaderFuzzTest {
  private static final String TEXT =
      "i\tgenre\ts1\ts2\tscore\n"
          + "0\tx\tEin M\u00e4dchen \"singt.\tA girl sings.\t4.750\r\n"
          + "1\ty\t\uD83D\uDE00 smiles.\tNobody smiles.\t0.0\n";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("dev.tsv");
  }

  @Test
  void aFileCutAnywhereGivesExamplesOrAClearError() throws IOException {
    Files.writeString(file, TEXT);
    int length = Files.readAllBytes(file).length;
    int refused = 0;
    for (int cut = 0; cut < length; cut++) {
      Files.writeString(file, TEXT);
      Corruptions.truncate(file, cut);
      refused += isRefused() ? 1 : 0;
    }
    assertTrue(refused > length / 2, refused + " of " + length);
  }

  @Test
  void aFlippedBitGivesExamplesOrAClearError() throws IOException {
    Files.writeString(file, TEXT);
    int length = Files.readAllBytes(file).length;
    int refused = 0;
    for (int at = 0; at < length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        Files.writeString(file, TEXT);
        Corruptions.flipBit(file, at, bit);
        refused += isRefused() ? 1 : 0;
      }
    }
    assertTrue(refused > length, refused + " of " + 8 * length);
  }

  /** Anything but examples or the one kind of error fails the test by itself. */
  private boolean isRefused() throws IOException {
    try {
      assertFalse(GlueReader.read(GlueTask.named("sts"), folder, "dev").isEmpty());
      return false;
    } catch (MalformedFileException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      return true;
    }
  }
}
