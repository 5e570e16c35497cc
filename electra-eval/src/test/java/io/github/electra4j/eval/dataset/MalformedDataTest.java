package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedDataTest {
  @TempDir Path glue;
  private Path file;

  @BeforeEach
  void createFolder() throws IOException {
    file = Files.createDirectories(glue.resolve("set")).resolve("dev.tsv");
  }

  @Test
  void tooFewColumns() throws IOException {
    assertMalformed(
        "rte",
        "index\ta\tb\tlabel\n0\tA.\tB.\tentailment\n1\tA.\tB.\n",
        "line 3: found 3 column(s), wanted at least 4 separated by tabs: \"1 A. B.\". "
            + "Complete the line or remove it.");
  }

  @Test
  void aLineCutShortWhoseColumnsCountFromTheEnd() throws IOException {
    assertMalformed(
        "sts",
        "i\tgenre\ts1\ts2\tscore\n0\tA man.\tA boy.\t3.2\n",
        "line 2: found 4 column(s), wanted at least 5 separated by tabs: \"0 A man. A boy. 3.2\". "
            + "Complete the line or remove it.");
  }

  @Test
  void aLabelThatTheTaskDoesNotHave() throws IOException {
    assertMalformed(
        "sst",
        "sentence\tlabel\nfine\t2\n",
        "line 2: the label is \"2\", wanted one of [0, 1]. "
            + "Correct the line, or check that the file belongs to task sst.");
  }

  @Test
  void anEmptyLabel() throws IOException {
    assertMalformed(
        "sst",
        "sentence\tlabel\nfine\t1\nso so\t\n",
        "line 3: the label is \"\", wanted one of [0, 1]. "
            + "Correct the line, or check that the file belongs to task sst.");
  }

  @Test
  void aScoreThatIsNoNumberOrOutsideTheScale() throws IOException {
    assertMalformed(
        "sts",
        "a\tb\tscore\nx\ty\tfive\n",
        "line 2: the score is \"five\", wanted a number from 0 to 5.0. "
            + "Correct the line, or check that the file belongs to task sts.");
    assertMalformed(
        "sts",
        "a\tb\tscore\nx\ty\t5.2\n",
        "line 2: the score is 5.2, wanted a number from 0 to 5.0. "
            + "Correct the line, or check that the file belongs to task sts.");
  }

  @Test
  void anEmptyLineBetweenOthers() throws IOException {
    assertMalformed(
        "sst",
        "sentence\tlabel\nfine\t1\n\n \nbad\t0\n",
        "line 3: the line is empty but others follow. Remove it.");
  }

  @Test
  void bytesThatAreNotUtf8() throws IOException {
    Files.write(file, "sentence\tlabel\ncaf\u00e9\t1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ", line 2: byte 3 of the line is not UTF-8. Save the file in the encoding UTF-8.",
        readFailure("sst").getMessage());
  }

  @Test
  void aLineWithoutEnd() throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 1100; i++) {
        out.write(new byte[1024]);
      }
    }
    assertEquals(
        file
            + ", line 1: the line is longer than 1048576 bytes. "
            + "Pass a text file with one example per line.",
        readFailure("sst").getMessage());
  }

  @Test
  void aFileWithoutExamples() throws IOException {
    for (String text : new String[] {"", "sentence\tlabel", "sentence\tlabel\n\n\n"}) {
      Files.writeString(file, text);
      assertEquals(
          file + ": there is no example in it below the header. Get the file again.",
          readFailure("sst").getMessage());
    }
  }

  @Test
  void longLinesAreQuotedInPart() throws IOException {
    Files.writeString(file, "sentence\tlabel\n" + "\uD83D\uDE00".repeat(80) + "\n");
    assertEquals(
        file
            + ", line 2: found 1 column(s), wanted at least 2 separated by tabs: \""
            + "\uD83D\uDE00".repeat(60)
            + "…\". Complete the line or remove it.",
        readFailure("sst").getMessage());
  }

  private void assertMalformed(String task, String text, String message) throws IOException {
    Files.writeString(file, text);
    MalformedFileException error = readFailure(task);
    assertEquals(file + ", " + message, error.getMessage());
    assertEquals(file.toString(), error.file());
  }

  private MalformedFileException readFailure(String task) {
    return assertThrows(
        MalformedFileException.class,
        () -> GlueReader.read(GlueTask.named(task), file.getParent(), "dev"));
  }
}
