package io.github.electra4j.train.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.corpus.PrepareConfig.Documents;
import io.github.electra4j.train.corpus.source.CorpusChunk.InvalidUtf8;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  private static final PrepareConfig CONFIG =
      PrepareConfig.standard().withMaxSeqLength(64).withShards(3);

  private final ElectraTokenizer tokenizer = SmallCorpus.tokenizer();
  @TempDir private Path folder;
  private Path corpus;
  private Path output;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = folder.resolve("corpus");
    output = folder.resolve("out");
    SmallCorpus.write(corpus.resolve("a.txt"), 30, 1);
    SmallCorpus.write(corpus.resolve("b.txt"), 3000, 2);
  }

  @Test
  void theResultDoesNotDependOnTheNumberOfThreads() throws IOException {
    run(CONFIG, 1, "one");
    run(CONFIG, 5, "five");
    Map<String, byte[]> one = files("one");
    Map<String, byte[]> five = files("five");
    assertEquals(
        List.of(
            "pretrain_data.tfrecord-0-of-3",
            "pretrain_data.tfrecord-1-of-3",
            "pretrain_data.tfrecord-2-of-3",
            "report.json",
            "vocab.txt"),
        List.copyOf(one.keySet()));
    one.forEach((name, content) -> assertArrayEquals(content, five.get(name), name));
    run(CONFIG.withSeed(1), 2, "other");
    assertNotEquals(
        List.of(one.get("pretrain_data.tfrecord-0-of-3")),
        List.of(files("other").get("pretrain_data.tfrecord-0-of-3")));
  }

  @Test
  void examplesAreThoseOfOneBuilderOverAllFilesOnTheirWayRound() throws IOException {
    run(CONFIG, 2, "out");
    List<PackedExample> expected = new ArrayList<>();
    ExampleBuilder builder =
        new ExampleBuilder(
            64,
            new PackedExample.SegmentEnds(tokenizer.clsId(), tokenizer.sepId()),
            ExampleRandom.seeded(0));
    for (String name : List.of("a.txt", "b.txt")) {
      for (String line : Files.readAllLines(corpus.resolve(name))) {
        (line.isBlank() ? builder.endDocument() : builder.addLine(tokenizer.ids(line)))
            .ifPresent(expected::add);
      }
      builder.endDocument().ifPresent(expected::add);
    }
    try (ExampleShards shards = ExampleShards.open(output.toString())) {
      assertEquals(expected.size(), shards.size());
      int perShard = (expected.size() + 2) / 3;
      for (int i = 0; i < 30; i++) {
        assertEquals(expected.get(3 * i), shards.read(i));
        assertEquals(expected.get(3 * i + 1), shards.read(perShard + i));
      }
    }
  }

  @Test
  void theReportCountsWhatIsInTheFiles() throws IOException {
    Files.writeString(corpus.resolve("c.txt"), "unknown w1\n\n\n \t\n");
    PrepareReport report = run(CONFIG, 2, "out");
    assertEquals(3, report.texts());
    assertEquals(3031, report.documents());
    assertEquals(1, report.unknownTokens());
    long tokens = 0;
    long lines = 0;
    for (String name : List.of("a.txt", "b.txt", "c.txt")) {
      for (String line : Files.readAllLines(corpus.resolve(name))) {
        tokens += tokenizer.ids(line).length;
        lines += line.isBlank() ? 0 : 1;
      }
    }
    assertEquals(tokens, report.tokens());
    assertEquals(lines, report.lines());
    long filled = 0;
    int two = 0;
    try (ExampleShards shards = ExampleShards.open(output.toString())) {
      assertEquals(report.examples(), shards.size());
      for (int i = 0; i < shards.size(); i++) {
        filled += shards.read(i).length();
        two += shards.read(i).hasTwoSegments() ? 1 : 0;
      }
    }
    assertEquals(filled / (double) report.examples(), report.meanLength(), 1e-9);
    assertEquals(two / (double) report.examples(), report.twoSegmentShare(), 1e-9);
    long kept = filled - 2 * report.examples() - two;
    assertEquals((tokens - kept) / (double) tokens, report.discardedShare(), 1e-9);
    assertTrue(report.discardedShare() > 0.01, "long documents lose tokens");

    JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(output.resolve("report.json")));
    assertEquals(report.examples(), json.get("examples").longValue());
    assertEquals(report.unknownShare(), json.get("unknown_share").doubleValue());
    assertEquals(64, json.get("config").get("max_seq_length").intValue());
    assertEquals("blank_lines", json.get("config").get("documents").textValue());
    assertTrue(report.toText().contains("documents               3,031"), report.toText());
    assertEquals(tokenizer.vocabulary(), Vocabulary.read(output.resolve("vocab.txt")));
  }

  @Test
  void aFileMayBeOneDocument() throws IOException {
    PrepareReport report = run(CONFIG.withDocuments(Documents.FILES), 2, "out");
    assertEquals(2, report.documents());
    assertTrue(report.examples() < run(CONFIG, 2, "lines").examples());
  }

  @Test
  void cutLinesLoseLess() throws IOException {
    Path line = folder.resolve("line.txt");
    Files.writeString(line, "w7 ".repeat(1000));
    Preparation whole = Preparation.of(tokenizer, CONFIG);
    PrepareReport lost = whole.run(List.of(line), folder.resolve("whole"), false);
    assertEquals(1, lost.examples());
    Preparation cut = Preparation.of(tokenizer, CONFIG.withMaxLineTokens(20));
    PrepareReport kept = cut.run(List.of(line), folder.resolve("cut"), false);
    assertTrue(kept.examples() > 12, kept.examples() + " examples");
    assertTrue(kept.discardedShare() < 0.3, kept.discardedShare() + " discarded");
    assertEquals(1000, kept.tokens());
    assertEquals(1, kept.lines());
  }

  @Test
  void onlyExamplesAreReplacedAndOnlyIfWanted() throws IOException {
    run(CONFIG, 2, "out");
    FileAlreadyExistsException there =
        assertThrows(FileAlreadyExistsException.class, () -> run(CONFIG, 2, "out"));
    assertTrue(there.getReason().contains("--overwrite"), there.getReason());
    Preparation preparation = Preparation.of(tokenizer, CONFIG.withShards(2));
    preparation.run(List.of(corpus), output, true);
    assertFalse(Files.exists(output.resolve("pretrain_data.tfrecord-2-of-3")));
    Files.writeString(output.resolve("thesis.txt"), "precious");
    assertThrows(
        FileAlreadyExistsException.class, () -> preparation.run(List.of(corpus), output, true));
    assertTrue(Files.exists(output.resolve("thesis.txt")));
  }

  @Test
  void aFailureLeavesNothing() throws IOException {
    Path latin = corpus.resolve("c.txt");
    Files.write(latin, "w1\n\u00f6\n".getBytes(StandardCharsets.ISO_8859_1));
    MalformedFileException refused =
        assertThrows(MalformedFileException.class, () -> run(CONFIG, 2, "out"));
    assertTrue(refused.getMessage().contains("c.txt: line 2"), refused.getMessage());
    assertOnlyTheCorpusIsThere();
    run(CONFIG.withInvalidUtf8(InvalidUtf8.DROP), 2, "out");
  }

  @Test
  void aRequestToStopLeavesNothing() throws IOException {
    PrepareListener impatient =
        new PrepareListener() {
          @Override
          public void onProgress(Progress progress) {}

          @Override
          public boolean stopRequested() {
            return true;
          }
        };
    assertThrows(
        InterruptedIOException.class,
        () ->
            Preparation.of(tokenizer, CONFIG)
                .withListener(impatient)
                .run(List.of(corpus), output, false));
    assertOnlyTheCorpusIsThere();
  }

  @Test
  void progressGrowsToTheEnd() throws IOException {
    List<PrepareListener.Progress> seen = new ArrayList<>();
    PrepareReport report =
        Preparation.of(tokenizer, CONFIG)
            .withListener(seen::add)
            .run(List.of(corpus), output, false);
    PrepareListener.Progress last = seen.get(seen.size() - 1);
    assertEquals(report.documents(), last.documents());
    assertEquals(report.examples(), last.examples());
    assertEquals(report.tokens(), last.tokens());
    assertEquals(last.bytesTotal(), last.bytesRead());
    assertTrue(seen.size() > 1 && seen.get(0).examples() < last.examples());
  }

  @Test
  void aCorpusWithoutTextIsRefused() throws IOException {
    Path blank = Files.writeString(folder.resolve("blank.txt"), "\n \n\u00a0\n");
    Preparation preparation = Preparation.of(tokenizer, CONFIG);
    assertThrows(
        MalformedFileException.class, () -> preparation.run(List.of(blank), output, false));
    assertFalse(Files.exists(output));
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> CONFIG.withMaxSeqLength(4));
    assertThrows(IllegalArgumentException.class, () -> CONFIG.withShards(0));
    assertThrows(IllegalArgumentException.class, () -> CONFIG.withShards(1001));
    assertThrows(IllegalArgumentException.class, () -> CONFIG.withMaxLineTokens(-1));
    assertThrows(
        IllegalArgumentException.class, () -> Preparation.of(tokenizer, CONFIG).withThreads(0));
  }

  private PrepareReport run(PrepareConfig config, int threads, String name) throws IOException {
    return Preparation.of(tokenizer, config)
        .withThreads(threads)
        .run(List.of(corpus), folder.resolve(name), false);
  }

  private void assertOnlyTheCorpusIsThere() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(corpus), left.toList());
    }
  }

  private Map<String, byte[]> files(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder.resolve(name))) {
      for (Path file : list.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
