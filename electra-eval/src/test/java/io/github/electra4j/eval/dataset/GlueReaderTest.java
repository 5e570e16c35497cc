package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.metric.Accuracy;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TextExample;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlueReaderTest {
  @TempDir Path glue;

  @ParameterizedTest
  @ValueSource(strings = {"SST-2", "sst", "sst2", "SST"})
  void theTasksFolderIsFoundBelowTheFolderOfGlue(String folder) throws IOException {
    write(folder + "/dev.tsv", "sentence\tlabel\na fine film . \t1\n");
    List<TextExample> wanted = List.of(new TextExample(0, "a fine film . ", "", "1"));
    assertEquals(wanted, read("sst", "dev"));
    assertEquals(wanted, GlueReader.read(GlueTask.named("sst"), glue.resolve(folder), "dev"));
  }

  @Test
  void aFolderOfAnyNameMayHoldTheFiles() throws IOException {
    write("mine/dev.tsv", "sentence\tlabel\ngood\t1\n");
    assertEquals(1, GlueReader.read(GlueTask.named("sst"), glue.resolve("mine"), "dev").size());
  }

  @Test
  void colaHasNoHeaderInTrainAndOneInTest() throws IOException {
    write("CoLA/train.tsv", "gj04\t1\t\tIt was fine.\nbc01\t0\t*\tIt fine was.\n");
    write("CoLA/test.tsv", "index\tsentence\n0\tWas it?\n");
    assertEquals(
        List.of(
            new TextExample(0, "It was fine.", "", "1"),
            new TextExample(1, "It fine was.", "", "0")),
        read("cola", "train"));
    GlueSplit test = load("cola", "test", GlueReader.ALL);
    assertEquals(List.of(new TextExample(0, "Was it?", "", "0")), test.examples());
    assertFalse(test.labelled());
  }

  @Test
  void columnsCountFromTheEndInStsAndMnli() throws IOException {
    write("STS-B/dev.tsv", "i\tg\ts1\ts2\tscore\n0\tx\tA man.\tA boy.\t3.250\n");
    write("STS-B/test.tsv", "i\tg\ts1\ts2\n0\tx\tA man.\tA boy.\n");
    assertEquals(List.of(new TextExample(0, "A man.", "A boy.", "3.250")), read("sts", "dev"));
    assertEquals(List.of(new TextExample(0, "A man.", "A boy.", "0.0")), read("sts", "test"));
    String ten = "0\t1\t2\t3\t4\t5\t6\t7\tpremise\thypothesis\t";
    write("MNLI/dev_matched.tsv", ten + "label1\tgold\n" + ten + "neutral\tentailment\n");
    assertEquals(
        List.of(new TextExample(0, "premise", "hypothesis", "entailment")), read("mnli", "dev"));
  }

  @Test
  void quotationMarksMeanNothing() throws IOException {
    write(
        "RTE/dev.tsv", "i\ta\tb\tl\n0\t\"Open\tit's \"\"odd\"\tentailment\n1\t\"\t'\tentailment\n");
    assertEquals(
        List.of(
            new TextExample(0, "\"Open", "it's \"\"odd\"", "entailment"),
            new TextExample(1, "\"", "'", "entailment")),
        read("rte", "dev"));
  }

  @Test
  void byteOrderMarkAndCarriageReturnsAreNoText() throws IOException {
    write("CoLA/dev.tsv", "\uFEFFx\t1\t\tFine.\r\ny\t0\t\tNot.\r\n");
    assertEquals("x", GlueReader.read(labelOfFirstColumn(), glue, "dev").get(0).textA());
    write("SST-2/dev.tsv", "sentence\tlabel\r\nfine\t1\r\ntail\t0");
    assertEquals(
        List.of(new TextExample(0, "fine", "", "1"), new TextExample(1, "tail", "", "0")),
        read("sst", "dev"));
  }

  /** CoLA's first column instead of its sentence, where a byte order mark would show. */
  private static GlueTask labelOfFirstColumn() {
    return new GlueTask(
        "sources",
        List.of("CoLA"),
        new ClassTarget(List.of("0", "1")),
        List.of(Split.of("dev", Columns.headless(0).label(1))),
        List.of(new Accuracy()),
        new TrainingDefaults(3, false));
  }

  @Test
  void unicodeLineSeparatorsAreText() throws IOException {
    write("SST-2/dev.tsv", "sentence\tlabel\na\u2028b\u0085c\u000Bd\re\t1\n");
    assertEquals("a\u2028b\u0085c\u000Bd\re", read("sst", "dev").get(0).textA());
  }

  @Test
  void rawMrpcIsReadWhereGluesFilesAreAbsent() throws IOException {
    String raw = "\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t1\t2\tRaw a.\tRaw b.\n";
    write("MRPC/msr_paraphrase_train.txt", raw);
    write("MRPC/msr_paraphrase_test.txt", raw);
    assertEquals(List.of(new TextExample(0, "Raw a.", "Raw b.", "0")), read("mrpc", "train"));
    assertTrue(load("mrpc", "test", GlueReader.ALL).labelled());
    write("MRPC/train.tsv", "Quality\ta\tb\tc\td\n1\t1\t2\tGlue a.\tGlue b.\n");
    assertEquals(List.of(new TextExample(0, "Glue a.", "Glue b.", "1")), read("mrpc", "train"));
  }

  @Test
  void theDiagnosticSetIsFoundWhereverItIsPut() throws IOException {
    String text = "index\tsentence1\tsentence2\n0\tA.\tB.\n";
    write("MNLI/diagnostic.tsv", text);
    List<TextExample> wanted = List.of(new TextExample(0, "A.", "B.", "contradiction"));
    assertEquals(wanted, read("ax", "test"));
    assertEquals(wanted, GlueReader.read(GlueTask.named("ax"), glue.resolve("MNLI"), "test"));
    assertEquals(wanted, read("mnli", "diagnostic"));
    write("AX/AX.tsv", text.replace("A.", "C."));
    assertEquals("C.", read("ax", "test").get(0).textA());
  }

  @Test
  void aLimitReadsTheFirstExamplesAndSaysWhetherMoreFollow() throws IOException {
    write("SST-2/dev.tsv", "sentence\tlabel\na\t1\nb\t0\nc\t1\n\n");
    assertEquals(2, load("sst", "dev", 2).examples().size());
    assertTrue(load("sst", "dev", 2).partial());
    assertFalse(load("sst", "dev", 3).partial());
    assertFalse(load("sst", "dev", GlueReader.ALL).partial());
    assertThrows(IllegalArgumentException.class, () -> load("sst", "dev", 0));
  }

  @Test
  void qqpsBrokenLinesAreSkippedAndUseUpTheirIds() throws IOException {
    String first = "1\t2\t3\tWhy?\tHow?\t0\n";
    write(
        "QQP/train.tsv",
        "id\ta\tb\tq1\tq2\tl\n" + first + "4\t5\t6\tWho\n is it?\tWhat?\t1\n" + first);
    GlueSplit train = load("qqp", "train", GlueReader.ALL);
    assertEquals(List.of(0L, 3L), train.examples().stream().map(TextExample::id).toList());
    assertEquals(List.of(3, 4), train.skippedLines());
    write("QQP/train.tsv", "id\ta\tb\tq1\tq2\tl\n" + first + "broken\n".repeat(101));
    MalformedFileException error =
        assertThrows(MalformedFileException.class, () -> read("qqp", "train"));
    assertTrue(error.getMessage().contains("line 103"), error.getMessage());
    assertTrue(error.getMessage().contains("100 such lines"), error.getMessage());
  }

  @Test
  void aMissingFileIsAnErrorThatNamesEveryPlace() throws IOException {
    Files.createDirectories(glue.resolve("MRPC"));
    FileNotFoundException error =
        assertThrows(FileNotFoundException.class, () -> read("mrpc", "train"));
    for (String place : List.of("MRPC/train.tsv", "MRPC/msr_paraphrase_train.txt", "train.tsv")) {
      assertTrue(error.getMessage().contains(glue.resolve(place).toString()), error.getMessage());
    }
    FileNotFoundException noFolder =
        assertThrows(
            FileNotFoundException.class,
            () -> GlueReader.read(GlueTask.named("sst"), glue.resolve("nowhere"), "dev"));
    assertEquals(
        glue.resolve("nowhere") + " is not a folder. Pass the folder of GLUE, or its folder SST-2.",
        noFolder.getMessage());
  }

  @Test
  void theFolderOfAnotherTaskIsRefused() throws IOException {
    write("RTE/dev.tsv", "i\ta\tb\tl\n0\tA.\tB.\tentailment\n");
    FileNotFoundException error =
        assertThrows(
            FileNotFoundException.class,
            () -> GlueReader.read(GlueTask.named("qnli"), glue.resolve("RTE"), "dev"));
    assertEquals(
        glue.resolve("RTE")
            + " is the folder of task rte, not of qnli. Pass the folder QNLI, or the one that"
            + " contains it.",
        error.getMessage());
  }

  private List<TextExample> read(String task, String split) throws IOException {
    return GlueReader.read(GlueTask.named(task), glue, split);
  }

  private GlueSplit load(String task, String split, int limit) throws IOException {
    return GlueReader.load(GlueTask.named(task), glue, split, limit);
  }

  private void write(String file, String text) throws IOException {
    Path path = glue.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
