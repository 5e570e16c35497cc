package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A submission of full size: all eleven files of the server, with all of their rows. */
class SubmitCommandTest {
  private static final String ZERO_ONE = "[01]";
  private static final String TWO_WAY = "(not_)?entailment";
  private static final String THREE_WAY = "contradiction|entailment|neutral";
  private static final int QQP_ROWS = 390_965;

  /** Rows and words of every file of the server's sample submission, in its order. */
  private static final Map<String, Wanted> SERVER = new LinkedHashMap<>();

  private record Wanted(int rows, String word) {}

  static {
    SERVER.put("CoLA.tsv", new Wanted(1063, ZERO_ONE));
    SERVER.put("SST-2.tsv", new Wanted(1821, ZERO_ONE));
    SERVER.put("MRPC.tsv", new Wanted(1725, ZERO_ONE));
    SERVER.put("STS-B.tsv", new Wanted(1379, "[0-5]\\.\\d{3}"));
    SERVER.put("QQP.tsv", new Wanted(QQP_ROWS, ZERO_ONE));
    SERVER.put("MNLI-m.tsv", new Wanted(9796, THREE_WAY));
    SERVER.put("MNLI-mm.tsv", new Wanted(9847, THREE_WAY));
    SERVER.put("QNLI.tsv", new Wanted(5463, TWO_WAY));
    SERVER.put("RTE.tsv", new Wanted(3000, TWO_WAY));
    SERVER.put("WNLI.tsv", new Wanted(146, ZERO_ONE));
    SERVER.put("AX.tsv", new Wanted(1104, THREE_WAY));
  }

  @TempDir Path folder;

  @Test
  void theZipHasTheServersFilesWithAllTheirRows() throws IOException {
    Path model = modelWithAllHeads();
    Path glue = folder.resolve("glue");
    testSet(glue.resolve("CoLA/test.tsv"), 1063, "", 2);
    testSet(glue.resolve("SST-2/test.tsv"), 1821, "", 2);
    testSet(glue.resolve("MRPC/test.tsv"), 1725, "7\t8\ta film", 5);
    testSet(glue.resolve("STS-B/test.tsv"), 1379, "a film", 3);
    testSet(glue.resolve("RTE/test.tsv"), 3000, "a film", 3);
    testSet(glue.resolve("AX/diagnostic.tsv"), 1104, "a film", 3);
    Path done = folder.resolve("done");
    recorded(done.resolve("QQP.tsv"), QQP_ROWS, "1");
    recorded(done.resolve("MNLI-m.tsv"), 9796, "neutral");
    recorded(done.resolve("MNLI-mm.tsv"), 9847, "contradiction");
    recorded(done.resolve("QNLI.tsv"), 5463, "not_entailment");
    Path zip = folder.resolve("glue.zip");
    Object[] command = {
      "submit", model, "--data", glue, "--predictions", done, "--output", zip, "--batch-size", 128
    };
    Run run = Run.of(command).exits(ExitCode.OK);
    assertTrue(run.err().contains("QQP.tsv: 390,965 predictions from"), run.err());
    assertTrue(run.err().contains("no model for wnli"), run.err());
    Map<String, List<String>> files = unpacked(zip);
    assertEquals(List.copyOf(SERVER.keySet()), List.copyOf(files.keySet()));
    SERVER.forEach((name, wanted) -> assertAsWanted(name, wanted, files.get(name)));
    assertEquals("1\tneutral", files.get("MNLI-m.tsv").get(2));
    Run.of(command).refuses(ExitCode.BAD_INPUT, "glue.zip");
  }

  private static void assertAsWanted(String name, Wanted wanted, List<String> lines) {
    assertEquals("index\tprediction", lines.get(0), name);
    assertEquals(wanted.rows(), lines.size() - 1, name);
    for (int i = 0; i < wanted.rows(); i++) {
      String line = lines.get(i + 1);
      int tab = line.indexOf('\t');
      assertEquals(Integer.toString(i), line.substring(0, tab), name);
      assertTrue(line.substring(tab + 1).matches(wanted.word()), name + ": " + line);
    }
  }

  @Test
  void recordedPredictionsThatTheServerWouldRefuseAreNamed() throws IOException {
    Path model = modelWithAllHeads();
    Path glue = Files.createDirectories(folder.resolve("glue"));
    Path done = folder.resolve("done");
    Path zip = folder.resolve("glue.zip");
    Object[] command = {"submit", model, "--data", glue, "--predictions", done, "--output", zip};
    Run.of(command).refuses(ExitCode.USAGE, "--predictions", "no folder");
    recorded(done.resolve("CoLA.tsv"), 1062, "1");
    Run.of(command).refuses(ExitCode.BAD_INPUT, "CoLA.tsv", "1062", "1063");
    recorded(done.resolve("CoLA.tsv"), 1063, "yes");
    Run.of(command).refuses(ExitCode.BAD_INPUT, "CoLA.tsv", "row 0", "\"yes\"");
    Files.writeString(done.resolve("CoLA.tsv"), "index\tprediction\n0\t1\n2\t1\n");
    Run.of(command).refuses(ExitCode.BAD_INPUT, "CoLA.tsv", "index 1");
    Files.writeString(done.resolve("CoLA.tsv"), "index\tprediction\n0\t1\n0\t1\n");
    Run.of(command).refuses(ExitCode.BAD_INPUT, "CoLA.tsv", "twice");
    Files.writeString(done.resolve("CoLA.tsv"), "index\tlabel\n0\t1\n");
    Run.of(command).refuses(ExitCode.BAD_INPUT, "CoLA.tsv", "prediction");
    assertFalse(Files.exists(zip));
  }

  /** The demo's encoder with a random head for every task of GLUE but WNLI. */
  private Path modelWithAllHeads() throws IOException {
    Checkpoint demo = Checkpoint.read(DemoFiles.model(folder));
    WeightMap weights = demo.weights();
    List<TaskHead> heads = new ArrayList<>();
    for (String task : List.of("cola", "sst", "mrpc", "sts", "qqp", "mnli", "qnli", "rte")) {
      TaskHead head = Tasks.head(GlueTask.named(task));
      heads.add(head);
      weights =
          weights.plus(
              WeightMap.initialise(
                  TensorLayout.taskHead(head, demo.config().encoder().hiddenSize()), 0.5, 3));
    }
    Path model = folder.resolve("all");
    new Checkpoint(demo.config(), heads, weights, demo.text(), Optional.empty())
        .write(model, false);
    return model;
  }

  /** A test set whose last column is a text; {@code middle} are the columns after the index. */
  private static void testSet(Path file, int rows, String middle, int columns) throws IOException {
    Files.createDirectories(file.getParent());
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("index" + "\tcolumn".repeat(columns - 1) + "\n");
      for (int i = 0; i < rows; i++) {
        out.write(i + "\t" + (middle.isEmpty() ? "" : middle + "\t"));
        out.write(i % 3 == 0 ? "the film was dull.\n" : "a fine film!\n");
      }
    }
  }

  private static void recorded(Path file, int rows, String word) throws IOException {
    Files.createDirectories(file.getParent());
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("index\tprediction\n");
      for (int i = 0; i < rows; i++) {
        out.write(i + "\t" + word + "\n");
      }
    }
  }

  private static Map<String, List<String>> unpacked(Path zip) throws IOException {
    Map<String, List<String>> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        files.put(entry.getName(), text.lines().toList());
      }
    }
    return files;
  }
}
