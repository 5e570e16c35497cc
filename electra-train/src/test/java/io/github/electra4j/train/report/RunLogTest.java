package io.github.electra4j.train.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.train.pretrain.DetectionCounts;
import io.github.electra4j.train.pretrain.PretrainMetrics;
import io.github.electra4j.train.pretrain.PretrainReport;
import io.github.electra4j.train.tfrecord.RecordFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class RunLogTest {
  private static final DetectionCounts COUNTS = new DetectionCounts(100, 80, 10, 8, 4);

  private static PretrainReport report(long step) {
    return new PretrainReport(
        step, 40, 30.0 / step, 5, 0.5, 0, COUNTS, 0.25, 8, 100, 1e-4f, 2.5, 0.5, 3e9);
  }

  @Test
  void everythingIsWrittenDown(@TempDir Path folder) throws Exception {
    try (RunLog log = RunLog.open(folder, 0, Map.of("batch", "8 < 16"), 8e9)) {
      for (long step = 1; step <= 40; step++) {
        log.onStep(report(step));
      }
      log.onEvaluation(
          40, new PretrainMetrics(8, 30, 0.5, 2, 3, 0.4, 0.6, 0.9, COUNTS, Optional.empty()));
      log.onSave(40);
    }
    List<double[]> rows = CsvTable.read(folder.resolve("train.csv"));
    assertEquals(40, rows.size());
    assertArrayEquals(
        new double[] {3, 10, 5, 0.5, 0.8, 0.4, 0.25, 1e-4, 2.5, 16, 200, 6, 0.75, Double.NaN},
        rows.get(2),
        1e-6);
    assertArrayEquals(
        new double[] {40, 30, 0.5, 2, 0.4, 0.6, 0.9, 0.8, 0.5, 0.4, Double.NaN, Double.NaN, 3},
        CsvTable.read(folder.resolve("eval.csv")).get(0),
        1e-6);
    String html = Files.readString(folder.resolve("report.html"));
    assertTrue(html.contains("8 &lt; 16"), html);
    assertFalse(html.contains("http"), "the page needs nothing from elsewhere");
    assertEquals(10, html.split("<svg", -1).length - 1);
    assertFalse(html.contains("Restoration loss"), "there is nothing to draw");
    for (String part : html.split("(?=<svg)", -1)) {
      if (part.startsWith("<svg")) {
        String svg = part.substring(0, part.indexOf("</svg>") + 6);
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve("events"))) {
      RecordFile events = RecordFile.open(files.findFirst().orElseThrow());
      assertEquals(2 + 4 + 1, events.size(), "version, start, every tenth step, one evaluation");
      String last = new String(events.read(6), StandardCharsets.ISO_8859_1);
      assertTrue(last.contains("eval/disc_auc"), last);
      events.close();
    }
  }

  @Test
  void aResumedRunDropsWhatItWillRepeat(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.csv");
    try (CsvTable table = CsvTable.open(file, List.of("loss"), 0)) {
      for (long step = 1; step <= 5; step++) {
        table.add(step, List.of(0.5));
      }
    }
    Files.writeString(file, "6,0.", StandardOpenOption.APPEND);
    Object before = Files.readAttributes(file, "unix:ino").get("ino");
    CsvTable.open(file, List.of("loss"), 3).close();
    assertNotEquals(
        before,
        Files.readAttributes(file, "unix:ino").get("ino"),
        "the old table is there until the new one is whole");
    assertEquals(3, CsvTable.read(file).size());
    CsvTable.open(file, List.of("loss"), 0).close();
    assertEquals("step,loss\n", Files.readString(file));
    try (CsvTable table = CsvTable.open(file, List.of("loss"), 0)) {
      assertThrows(IllegalArgumentException.class, () -> table.add(1, List.of()));
    }
  }

  /** The bytes of {@code Event(wall_time=1.5, step=300, summary(tag "a", simple_value 0.5))}. */
  @Test
  void eventsHaveTheLayoutOfTensorBoard(@TempDir Path folder) throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1500), ZoneOffset.UTC);
    try (EventFile events = EventFile.create(folder, clock, 0)) {
      events.add(300, Map.of("a", 0.5));
    }
    EventFile.create(folder, clock, 0).close();
    try (RecordFile file =
        RecordFile.open(folder.resolve("events.out.tfevents.0000000001.electra"))) {
      ByteBuffer expected = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      expected.put((byte) 0x09).putDouble(1.5); // field 1, 8 bytes
      expected.put(new byte[] {0x10, (byte) 0xAC, 0x02}); // field 2, varint 300
      expected.put(new byte[] {0x2A, 10, 0x0A, 8}); // field 5, then field 1 in it
      expected.put(new byte[] {0x0A, 1, 'a', 0x15}).putFloat(0.5f);
      assertArrayEquals(expected.array(), file.read(2));
      String version = new String(file.read(0), StandardCharsets.ISO_8859_1);
      assertTrue(version.endsWith("brain.Event:2"));
    }
    assertTrue(Files.exists(folder.resolve("events.out.tfevents.0000000001.electra.1")));
  }

  /** TensorBoard drops steps of older files from the step of a session's start on. */
  @Test
  void aRunThatGoesOnSaysFromWhere(@TempDir Path folder) throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1500), ZoneOffset.UTC);
    EventFile.create(folder, clock, 299).close();
    try (RecordFile file =
        RecordFile.open(folder.resolve("events.out.tfevents.0000000001.electra"))) {
      ByteBuffer expected = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      expected.put((byte) 0x09).putDouble(1.5);
      expected.put(new byte[] {0x10, (byte) 0xAC, 0x02}); // step 300
      expected.put(new byte[] {0x3A, 2, 0x08, 1}); // field 7, session_log: status START
      assertEquals(2, file.size());
      assertArrayEquals(expected.array(), file.read(1));
    }
  }

  @Test
  void whatIsNotMeasuredIsLeftEmpty(@TempDir Path folder) throws IOException {
    try (RunLog log = RunLog.open(folder, 0, Map.of(), 8e9)) {
      log.onStep(
          new PretrainReport(
              10, 10, 5, 5, 0, 0, DetectionCounts.none(), 0.25, 8, 100, 1e-4f, 2.5, 0.5, 3e9));
      log.onEvaluation(
          10,
          new PretrainMetrics(8, 2, 0.5, 2, 3, 0, 0, 0, DetectionCounts.none(), Optional.empty()));
    }
    List<String> rows = Files.readAllLines(folder.resolve("eval.csv"));
    assertEquals("10,2.000000,0.5000000,2.000000,,,,,,,,,3.000000", rows.get(1));
    assertEquals(
        "10,5.000000,5.000000,,,,0.2500000,0.0001000000,2.500000,16.00000,200.0000,6.000000,0.7500000,",
        Files.readAllLines(folder.resolve("train.csv")).get(1));
    assertFalse(Files.readString(folder.resolve("report.html")).contains("NaN"));
    try (Stream<Path> files = Files.list(folder.resolve("events"))) {
      RecordFile events = RecordFile.open(files.findFirst().orElseThrow());
      String last = new String(events.read(3), StandardCharsets.ISO_8859_1);
      assertTrue(last.contains("eval/masked_lm_loss") && !last.contains("disc"), last);
      events.close();
    }
  }

  @Test
  void longCurvesAreThinnedToMeans() {
    List<CurvePage.Point> points =
        IntStream.range(0, 1000).mapToObj(i -> new CurvePage.Point(i, i % 2)).toList();
    List<CurvePage.Point> thinned = CurvePage.thinned(points);
    assertEquals(334, thinned.size());
    assertEquals(1, thinned.get(0).step());
    assertEquals(1 / 3.0, thinned.get(0).value(), 1e-12);
    assertEquals(List.of(), CurvePage.thinned(List.of(new CurvePage.Point(1, Double.NaN))));
  }
}
