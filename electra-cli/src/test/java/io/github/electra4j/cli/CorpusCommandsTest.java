package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.corpus.ExampleShards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From text to a vocabulary to examples. */
class CorpusCommandsTest {
  @TempDir private Path folder;
  private Path corpus;
  private Path vocabulary;
  private Path output;

  private static Run done(Object... args) {
    return Run.of(args).exits(ExitCode.OK);
  }

  private static void refused(int code, String message, Object... args) {
    Run.of(args).refuses(code, message);
  }

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = folder.resolve("corpus.txt.zst");
    vocabulary = folder.resolve("vocab.txt");
    output = folder.resolve("examples");
    List<String> words =
        List.of("The", "cat", "sat", "on", "a", "mat", ";", "dogs", "at", "Köln", "cathedral", ".");
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 2000; line++) {
      for (int word = random.nextInt(12); word >= 0; word--) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      text.append(random.nextInt(10) == 0 ? "\n\n" : "\n");
    }
    try (ZstdCompressorOutputStream zstd =
        ZstdCompressorOutputStream.builder().setOutputStream(Files.newOutputStream(corpus)).get()) {
      zstd.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void textBecomesAVocabularyAndExamples() throws IOException {
    Run built = done("build-vocab", corpus, "--output", vocabulary, "--size", 60);
    assertTrue(built.out().startsWith("pieces "), built.out());
    Vocabulary pieces = Vocabulary.read(vocabulary);
    assertEquals(4, pieces.requireId("[MASK]"));
    assertTrue(pieces.id("cathedral").isPresent() && pieces.id("koln").isPresent());
    assertTrue(pieces.size() <= 60);

    Run prepared =
        done(
            "prepare",
            corpus,
            "--vocab",
            vocabulary,
            "--output",
            output,
            "--max-seq-length",
            32,
            "--shards",
            2,
            "--json");
    JsonNode report = prepared.json();
    assertEquals(0, report.get("unknown_share").doubleValue());
    assertEquals(Run.json(Files.readString(output.resolve("report.json"))), report);
    assertTrue(report.get("config").get("do_lower_case").booleanValue());
    try (ExampleShards shards = ExampleShards.open(output.toString())) {
      assertEquals(report.get("examples").intValue(), shards.size());
      assertEquals(32, shards.seq());
    }
  }

  @Test
  void threadsChangeNothing() throws IOException {
    done("build-vocab", corpus, "--output", vocabulary, "--size", 60, "--threads", 1);
    Path other = folder.resolve("other.txt");
    done("build-vocab", corpus, "--output", other, "--size", 60, "--threads", 4);
    assertEquals(-1, Files.mismatch(vocabulary, other));
    done("prepare", corpus, "--vocab", vocabulary, "--output", output, "--threads", 1);
    done("prepare", corpus, "--vocab", vocabulary, "--output", folder.resolve("two"));
    for (String name : List.of("pretrain_data.tfrecord-0-of-100", "report.json", "vocab.txt")) {
      assertEquals(-1, Files.mismatch(output.resolve(name), folder.resolve("two/" + name)), name);
    }
  }

  @Test
  void caseAndAccentsAreKeptIfWanted() throws IOException {
    Run built =
        done(
            "build-vocab",
            corpus,
            "--output",
            vocabulary,
            "--size",
            90,
            "--cased",
            "--unused",
            2,
            "--json");
    JsonNode report = built.json();
    Vocabulary pieces = Vocabulary.read(vocabulary);
    assertEquals(pieces.size(), report.get("pieces").intValue());
    assertTrue(pieces.id("Köln").isPresent() && pieces.id("The").isPresent());
    assertEquals(6, pieces.requireId("[unused1]"));
    Run prepared = done("prepare", corpus, "--vocab", vocabulary, "--output", output, "--cased");
    assertTrue(prepared.out().contains("[UNK]                 0.0000 %"), prepared.out());
    Path accents = folder.resolve("accents.txt");
    done("build-vocab", corpus, "--output", accents, "--size", 90, "--no-strip-accents");
    assertTrue(Vocabulary.read(accents).id("köln").isPresent());
  }

  @Test
  void nothingIsReplacedUnlessWanted() throws IOException {
    done("build-vocab", corpus, "--output", vocabulary, "--size", 60);
    byte[] before = Files.readAllBytes(vocabulary);
    refused(ExitCode.BAD_INPUT, "--overwrite", "build-vocab", corpus, "--output", vocabulary);
    assertArrayEquals(before, Files.readAllBytes(vocabulary));
    done("build-vocab", corpus, "--output", vocabulary, "--size", 50, "--overwrite");
    assertEquals(50, Vocabulary.read(vocabulary).size());
    done("prepare", corpus, "--vocab", vocabulary, "--output", output);
    refused(
        ExitCode.BAD_INPUT,
        "--overwrite",
        "prepare",
        corpus,
        "--vocab",
        vocabulary,
        "--output",
        output);
    done("prepare", corpus, "--vocab", vocabulary, "--output", output, "--overwrite");
  }

  @Test
  void wrongValuesAreNamedAsTheUserGaveThem() throws IOException {
    done("build-vocab", corpus, "--output", vocabulary, "--size", 60);
    refused(
        ExitCode.USAGE,
        "--max-seq-length is 3",
        "prepare",
        corpus,
        "--vocab",
        vocabulary,
        "--output",
        output,
        "--max-seq-length",
        3);
    refused(
        ExitCode.USAGE,
        "--threads is 0",
        "prepare",
        corpus,
        "--vocab",
        vocabulary,
        "--output",
        output,
        "--threads",
        0);
    Path other = folder.resolve("other.txt");
    refused(
        ExitCode.USAGE,
        "give a size of at least",
        "build-vocab",
        corpus,
        "--output",
        other,
        "--size",
        20);
    refused(
        ExitCode.USAGE,
        "--alphabet is 0",
        "build-vocab",
        corpus,
        "--output",
        other,
        "--alphabet",
        0);
    refused(
        ExitCode.USAGE,
        "--max-words is 0",
        "build-vocab",
        corpus,
        "--output",
        other,
        "--max-words",
        0);
    assertFalse(Files.exists(other));
  }

  @Test
  void badTextIsNamed() throws IOException {
    Path missing = folder.resolve("missing.txt");
    refused(ExitCode.BAD_INPUT, "missing.txt", "build-vocab", missing, "--output", vocabulary);
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n\n");
    refused(ExitCode.BAD_INPUT, "no text", "build-vocab", empty, "--output", vocabulary);
    Path latin =
        Files.write(folder.resolve("latin.txt"), "K\u00f6ln".getBytes(StandardCharsets.ISO_8859_1));
    refused(ExitCode.BAD_INPUT, "line 1 is not", "build-vocab", latin, "--output", vocabulary);
    done("build-vocab", latin, corpus, "--output", vocabulary, "--drop-invalid-utf8");
    refused(
        ExitCode.BAD_INPUT, "no text", "prepare", empty, "--vocab", vocabulary, "--output", output);
  }

  @Test
  void forgottenWordsAreMentioned() throws IOException {
    Run built = done("build-vocab", corpus, "--output", vocabulary, "--size", 60, "--max-words", 6);
    assertTrue(built.err().contains("--max-words"), built.err());
  }

  @Test
  void anInterruptedPreparationLeavesNothing() throws IOException {
    done("build-vocab", corpus, "--output", vocabulary, "--size", 60);
    ByteArrayOutputStream talk = new ByteArrayOutputStream();
    Console console = TestConsole.of(OutputStream.nullOutputStream(), talk, 0, false);
    Interruption interruption = new Interruption(console);
    interruption.request();
    String[] args =
        Stream.of("prepare", corpus, "--vocab", vocabulary, "--output", output)
            .map(Object::toString)
            .toArray(String[]::new);
    assertEquals(ExitCode.INTERRUPTED, CommandLines.run(console, interruption, args));
    assertTrue(talk.toString(StandardCharsets.UTF_8).contains("nothing was written"));
    assertFalse(Files.exists(output));
  }
}
