package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedAndRankTest {
  private static final String TEXT = "the film was dull.";

  @TempDir static Path folder;
  private static Path model;
  private static Path similarities;
  private static Path documents;

  @BeforeAll
  static void models() throws IOException {
    model = DemoFiles.model(folder);
    similarities = folder.resolve("similarities");
    Path glue = DemoFiles.similarities(folder, 8, 4);
    Run.of(
            "finetune",
            model,
            "--task",
            "sts",
            "--data",
            glue,
            "--output",
            similarities,
            "--epochs",
            1)
        .exits(ExitCode.OK);
    documents = folder.resolve("documents");
    Files.write(documents, List.of("the bread was stale.", TEXT, "a singer", TEXT));
  }

  private static double[] vector(Object... options) {
    Object[] args = new Object[options.length + 4];
    args[0] = "embed";
    args[1] = model;
    args[2] = "--text";
    args[3] = TEXT;
    System.arraycopy(options, 0, args, 4, options.length);
    JsonNode json = Run.of(args).exits(ExitCode.OK).json();
    assertEquals(TEXT, json.get("text").textValue());
    double[] vector = new double[json.get("vector").size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = json.get("vector").get(i).doubleValue();
    }
    return vector;
  }

  @Test
  void poolingsStandInTheirRelation() {
    double[] mean = vector();
    double[] most = vector("--pooling", "max");
    double[] root = vector("--pooling", "mean-sqrt");
    double[] cls = vector("--pooling", "cls");
    assertEquals(64, cls.length);
    int tokens = Run.of("tokenize", "--model", model, "--text", TEXT).out().split(" ").length - 2;
    for (int i = 0; i < mean.length; i++) {
      assertTrue(most[i] >= mean[i] - 1e-6);
      assertEquals(mean[i] * Math.sqrt(tokens), root[i], 1e-5);
    }
    double squares = 0;
    for (double value : vector("--normalize")) {
      squares += value * value;
    }
    assertEquals(1, squares, 1e-5);
  }

  @Test
  void everyFormatHoldsTheSameNumbers() throws IOException {
    double[] expected = vector();
    Run csv = Run.of("embed", model, "--text", TEXT, "--format", "csv").exits(ExitCode.OK);
    String[] numbers = csv.lines().get(0).split(",", -1);
    Path npy = folder.resolve("v.npy");
    Object[] args = {
      "embed", model, "--text", TEXT, "--text", "a", "--format", "npy", "--output", npy
    };
    assertEquals("", Run.of(args).exits(0).out());
    byte[] file = Files.readAllBytes(npy);
    ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + data.getShort(8);
    String header = new String(file, 10, start - 10, StandardCharsets.US_ASCII);
    assertTrue(header.contains("'descr': '<f4'"), header);
    assertTrue(header.contains("'shape': (2, 64)"), header);
    assertTrue(header.endsWith("\n"));
    assertEquals(0, start % 64);
    assertEquals(start + 4 * 2 * 64, file.length);
    assertArrayEquals(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, java.util.Arrays.copyOf(file, 8));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], Double.parseDouble(numbers[i]), 1e-5);
      assertEquals(expected[i], data.getFloat(start + 4 * i), 1e-5);
    }
    Run.of(args).refuses(3, "v.npy", "--overwrite");
    Path lines = folder.resolve("v.csv");
    Run.of("embed", model, "--text", TEXT, "--format", "csv", "--output", lines).exits(0);
    assertEquals(csv.out(), Files.readString(lines));
    Run.of("embed", model, "--text", "a", "--format", "npy").refuses(2, "--output");
    Run.of("embed", model, "--text", "a", "--pooling", "sum").refuses(2, "no pooling sum");
  }

  @Test
  void vectorsAreComparedAndEqualDocumentsStayInOrder() {
    Run run = Run.of("rank", model, "--query", TEXT, "--documents", documents).exits(0);
    assertEquals("1.0000\t2\t" + TEXT, run.lines().get(0));
    assertEquals("1.0000\t4\t" + TEXT, run.lines().get(1));
    assertEquals(4, run.lines().size());
    assertTrue(run.err().contains("weak"), run.err());
    Run top = Run.of("rank", model, "--query", TEXT, "--documents", documents, "--top", 1);
    assertEquals(run.lines().subList(0, 1), top.exits(0).lines());
  }

  @Test
  void aModelOfPairsReadsBothTextsTogether() {
    Run run = Run.of("rank", similarities, "--query", TEXT, "--documents", documents, "--json");
    assertEquals("", run.exits(0).err());
    double before = Double.MAX_VALUE;
    for (String line : run.lines()) {
      JsonNode json = Run.json(line);
      double score = json.get("score").doubleValue();
      assertTrue(score <= before, run.out());
      before = score;
      Run alone =
          Run.of("predict", similarities, "--text", TEXT, "--text-b", json.get("text").textValue());
      double predicted = Double.parseDouble(alone.exits(0).lines().get(0));
      assertEquals(Math.max(0, Math.min(5, score)), predicted, 1e-2);
    }
    Run vectors =
        Run.of("rank", similarities, "--embeddings", "--query", TEXT, "--documents", documents);
    assertTrue(vectors.exits(0).lines().get(0).startsWith("1.0000\t2\t"), vectors.out());
  }

  @Test
  void theModelReadsWhatWordsHaveRetrieved() {
    Run all = Run.of("rank", similarities, "--query", "the bread", "--documents", documents);
    Object[] retrieving = {
      "rank", similarities, "--query", "the bread", "--documents", documents, "--retrieve", 2
    };
    List<String> some = Run.of(retrieving).exits(0).lines();
    List<String> wanted =
        all.exits(0).lines().stream()
            .filter(line -> Set.of("1", "2").contains(line.split("\t", -1)[1]))
            .toList();
    assertEquals(wanted, some, all.out());
    retrieving[retrieving.length - 1] = 0;
    Run.of(retrieving).refuses(2, "--retrieve is 0");
  }

  @Test
  void entailmentStandsForAFittingPairWhereThereIsNoOne() throws IOException {
    Path entailing =
        DemoFiles.withHeads(
            model,
            folder.resolve("entailing"),
            List.of(new TaskHead.Classification("qnli", List.of("entailment", "not_entailment"))));
    Object[] rank = {"rank", entailing, "--query", TEXT, "--documents", documents};
    Run usual = Run.of(rank).exits(ExitCode.OK);
    Object[] named = java.util.Arrays.copyOf(rank, rank.length + 2);
    named[rank.length] = "--label";
    named[rank.length + 1] = "entailment";
    assertEquals(usual, Run.of(named));
    named[rank.length + 1] = "yes";
    Run.of(named).refuses(ExitCode.USAGE, "--label yes is no label of the model", "entailment");
  }

  @Test
  void mistakesAreRefused() {
    Object[] rank = {"rank", model, "--query", "a", "--documents", documents, "--top", 0};
    Run.of(rank).refuses(2, "--top is 0");
    Run.of("rank", model, "--query", "a").refuses(2, "--documents");
    Run.of("rank", model, "--query", "a", "--documents", "gone").refuses(3, "gone does not exist");
    Run.of("rank", model, "--query", "a", "--documents", documents, "--task", "x")
        .refuses(3, "was not fine-tuned");
    Run.of("rank", model, "--query", "a", "--documents", documents, "--embeddings", "--label", "x")
        .refuses(2, "--embeddings uses no head");
  }
}
