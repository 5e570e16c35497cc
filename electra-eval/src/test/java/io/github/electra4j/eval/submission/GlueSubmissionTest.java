package io.github.electra4j.eval.submission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlueSubmissionTest {
  /** Rows below the header in the server's own sample submission, and an answer it knows. */
  private static final Map<String, Object[]> SERVER = new LinkedHashMap<>();

  static {
    SERVER.put("CoLA.tsv", new Object[] {1063, "1"});
    SERVER.put("SST-2.tsv", new Object[] {1821, "0"});
    SERVER.put("MRPC.tsv", new Object[] {1725, "1"});
    SERVER.put("STS-B.tsv", new Object[] {1379, "3.250"});
    SERVER.put("QQP.tsv", new Object[] {390965, "0"});
    SERVER.put("MNLI-m.tsv", new Object[] {9796, "neutral"});
    SERVER.put("MNLI-mm.tsv", new Object[] {9847, "contradiction"});
    SERVER.put("QNLI.tsv", new Object[] {5463, "not_entailment"});
    SERVER.put("RTE.tsv", new Object[] {3000, "entailment"});
    SERVER.put("WNLI.tsv", new Object[] {146, "0"});
    SERVER.put("AX.tsv", new Object[] {1104, "entailment"});
  }

  @TempDir Path folder;

  @Test
  void theZipIsWhatTheServerWants() throws IOException {
    Path zip = folder.resolve("submission.zip");
    complete().write(zip, false);
    Map<String, List<String>> entries = entries(zip);
    assertEquals(List.copyOf(SERVER.keySet()), List.copyOf(entries.keySet()));
    entries.forEach(
        (name, lines) -> {
          assertEquals("index\tprediction", lines.get(0));
          int rows = (Integer) SERVER.get(name)[0];
          assertEquals(rows, lines.size() - 1, name);
          for (int i = 0; i < rows; i++) {
            assertEquals(i + "\t" + SERVER.get(name)[1], lines.get(i + 1));
          }
        });
    byte[] bytes = Files.readAllBytes(zip);
    assertThrows(FileAlreadyExistsException.class, () -> complete().write(zip, false));
    complete().write(zip, true);
    assertArrayEquals(bytes, Files.readAllBytes(zip));
  }

  private static GlueSubmission complete() {
    GlueSubmission submission = new GlueSubmission();
    SERVER.forEach(
        (name, facts) -> {
          GlueFile file = GlueFile.named(name);
          String answer = file == GlueFile.STS_B ? "3.25" : (String) facts[1];
          if (file == GlueFile.WNLI) {
            submission.addMajorityWnli();
          } else {
            submission.add(file, Collections.nCopies((Integer) facts[0], answer));
          }
        });
    return submission;
  }

  private static Map<String, List<String>> entries(Path zip) throws IOException {
    Map<String, List<String>> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        entries.put(entry.getName(), List.of(text.split("\n")));
      }
    }
    return entries;
  }

  @Test
  void wrongCountsAndAnswersAreRefused() {
    GlueSubmission submission = new GlueSubmission();
    assertRefused(submission, GlueFile.RTE, Collections.nCopies(2999, "entailment"), "wanted 3000");
    assertRefused(submission, GlueFile.RTE, Collections.nCopies(3000, "1"), "row 0");
    assertRefused(submission, GlueFile.STS_B, Collections.nCopies(1379, "much"), "a number");
    assertRefused(submission, GlueFile.STS_B, Collections.nCopies(1379, "NaN"), "a number");
    submission.addMajorityWnli();
    assertRefused(submission, GlueFile.WNLI, Collections.nCopies(146, "0"), "was added before");
    assertEquals(10, submission.missing().size());
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class, () -> submission.write(folder.resolve("s.zip"), false));
    assertTrue(error.getMessage().contains("AX.tsv"), error.getMessage());
    assertTrue(!Files.exists(folder.resolve("s.zip")));
  }

  private static void assertRefused(
      GlueSubmission submission, GlueFile file, List<String> answers, String part) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> submission.add(file, answers));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void scoresAreClippedAndFilesKnownByName() throws IOException {
    assertEquals("5.000", GlueFile.STS_B.cell(0, "5.7"));
    assertEquals("0.000", GlueFile.STS_B.cell(0, "-0.2"));
    assertEquals(GlueFile.MNLI_MISMATCHED, GlueFile.named("mnli-MM"));
    assertThrows(IllegalArgumentException.class, () -> GlueFile.named("SNLI"));
    List<String> splits = new ArrayList<>();
    for (GlueFile file : GlueFile.values()) {
      assertEquals(file.split(), file.task().split(file.split()).name());
      splits.add(file.task().name());
    }
    assertTrue(splits.contains("ax") && splits.contains("wnli"));
  }
}
