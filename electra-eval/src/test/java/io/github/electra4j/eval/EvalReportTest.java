package io.github.electra4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalReportTest {
  private static final MetricValue ACCURACY =
      new MetricValue("accuracy", 91.284, true, true, 0.9557);
  private static final MetricValue LOSS = new MetricValue("loss", 0.28314, false, false);
  private static final MetricValue UNDEFINED = new MetricValue("spearman", Double.NaN, true, true);

  @Test
  void theTableIsAlignedAndEveryRowIsComplete() {
    assertEquals(
        """
        | Task | Split | Metric   | Better |   Value | Stderr |   n |
        |------|-------|----------|--------|--------:|-------:|----:|
        | sst  | dev   | accuracy | higher | 91.28 % | 0.96 % | 872 |
        | sst  | dev   | loss     | lower  |  0.2831 |        | 872 |
        """,
        report("sst", false, ACCURACY, LOSS).toTable());
  }

  @Test
  void aPartialReportSaysSoAboveAndInEveryRowOfIts() {
    assertEquals(
        """
        *** PARTIAL: a limit was used; numbers marked PARTIAL are not scores of the benchmark. ***
        | Task | Split | Metric   | Better |     Value | Stderr |           n |
        |------|-------|----------|--------|----------:|-------:|------------:|
        | sst  | dev   | accuracy | higher |   91.28 % | 0.96 % |         872 |
        | sts  | dev   | spearman | higher | undefined |        | 872 PARTIAL |
        """,
        EvalReport.table(List.of(report("sst", false, ACCURACY), report("sts", true, UNDEFINED))));
  }

  @Test
  void numbersLookTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertTrue(report("sst", false, ACCURACY).toTable().contains("91.28 %"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theJsonHoldsEverythingNeededToRepeatTheResult() throws IOException {
    String json = report("sst", true, ACCURACY, LOSS).toJson();
    JsonNode expected =
        new ObjectMapper()
            .readTree(
                """
                {
                  "task": "sst", "split": "dev", "examples": 872, "partial": true,
                  "main_metric": "accuracy",
                  "metrics": {"accuracy": 91.284, "loss": 0.28314},
                  "in_percent": ["accuracy"],
                  "stderr": {"accuracy": 0.9557},
                  "model": {"name": "small", "fingerprint": "1f0a"},
                  "config": {"max_seq_length": 128, "tasks": ["sst"], "learning_rate": 1.0E-4},
                  "seed": 42,
                  "data": [{"file": "SST-2/dev.tsv", "bytes": 94931, "sha256": "54a9"}],
                  "versions": {"project": "0.1", "java": "17", "nd4j": "1.0.0-M2.1"},
                  "date": "2026-11-25T08:00:00Z"
                }
                """);
    assertEquals(expected, new ObjectMapper().readTree(json));
    assertTrue(json.endsWith("}\n"), json);
    assertTrue(json.indexOf("max_seq_length") < json.indexOf("learning_rate"), json);
  }

  @Test
  void anUndefinedNumberIsNullInJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(report("sts", false, UNDEFINED).toJson());
    assertTrue(json.get("metrics").get("spearman").isNull(), json.toString());
  }

  @Test
  void aReportNeedsExamplesAndMetrics() {
    Provenance provenance = provenance();
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvalReport("sst", "dev", 0, false, List.of(LOSS), provenance));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvalReport("sst", "dev", 1, false, List.of(), provenance));
  }

  @Test
  void laterChangesOfTheSettingsDoNotReachTheReport() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("epochs", 3);
    Versions versions = new Versions("0.1", "17", "1.0.0-M2.1");
    Provenance provenance =
        new Provenance("small", "1f0a", config, 1, List.of(), versions, Instant.EPOCH);
    config.put("epochs", 10);
    assertEquals(Map.of("epochs", 3), provenance.config());
  }

  @Test
  void aFingerprintTellsFilesApart(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("abc.txt"), "abc");
    DataFingerprint fingerprint = DataFingerprint.of(file);
    // FIPS 180-4, example of one block
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", fingerprint.sha256());
    assertEquals(3, fingerprint.bytes());
    assertEquals(folder.getFileName() + "/abc.txt", fingerprint.file());
    Files.writeString(file, "abd");
    assertNotEquals(fingerprint, DataFingerprint.of(file));
  }

  @Test
  void versionsAreThoseThatRun() {
    Versions versions = Versions.current();
    assertTrue(versions.project().matches("\\d+\\.\\d+\\.\\d+.*"), versions.project());
    assertEquals(Runtime.version().toString(), versions.java());
    assertEquals("1.0.0-M2.1", versions.nd4j());
  }

  private static EvalReport report(String task, boolean partial, MetricValue... metrics) {
    return new EvalReport(task, "dev", 872, partial, List.of(metrics), provenance());
  }

  private static Provenance provenance() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("max_seq_length", 128);
    config.put("tasks", List.of("sst"));
    config.put("learning_rate", 1e-4);
    return new Provenance(
        "small",
        "1f0a",
        config,
        42,
        List.of(new DataFingerprint("SST-2/dev.tsv", 94931, "54a9")),
        new Versions("0.1", "17", "1.0.0-M2.1"),
        Instant.parse("2026-11-25T08:00:00Z"));
  }
}
