package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir static Path folder;
  private static Path glue;
  private static Path reviews;
  private static Path similarities;

  @BeforeAll
  static void finetune() throws IOException {
    Path model = DemoFiles.model(folder);
    glue = DemoFiles.reviews(folder, 16, 300);
    DemoFiles.similarities(folder, 16, 4);
    reviews = folder.resolve("reviews");
    similarities = folder.resolve("similarities");
    Run.of(
            "finetune",
            model,
            "--task",
            "sst",
            "--data",
            glue,
            "--output",
            reviews,
            "--epochs",
            1,
            "--limit",
            16)
        .exits(ExitCode.OK);
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
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aTextHasAnAnswerWithItsProbability() {
    Run run = Run.of("predict", reviews, "--text", "the film was dull.").exits(ExitCode.OK);
    assertEquals("", run.err());
    assertTrue(run.out().matches("[01]\t(0\\.[5-9]\\d{3}|1\\.0000)\n"), run.out());
  }

  @Test
  void whatIsNotReadIsSaid() throws IOException {
    String input = "the film was dull.\n" + "dull ".repeat(15) + "\nthe film\t" + "a ".repeat(12);
    Run run = Run.withInput(utf8(input), "predict", reviews, "--max-seq-length", 16).exits(0);
    assertEquals(3, run.lines().size());
    assertEquals(
        "2 of 3 texts are longer than 16 tokens and were cut there, as in training;"
            + " --max-seq-length reads more.\n",
        run.err());
    assertEquals(
        "", Run.withInput(utf8(input), "predict", reviews, "--max-seq-length", 17).exits(0).err());
    int most = DemoFiles.checkpoint(reviews.resolve("model")).config().maxPositions();
    String err =
        Run.of("predict", reviews, "--max-seq-length", most, "--text", "dull ".repeat(most))
            .exits(0)
            .err();
    assertTrue(err.endsWith("; the model reads no more.\n"), err);
  }

  @Test
  void jsonHasTheProbabilityOfEveryLabel() {
    JsonNode json =
        Run.of("predict", reviews, "--text", "the film was dull.", "--json").exits(0).json();
    JsonNode probabilities = json.get("probabilities");
    double zero = probabilities.get("0").doubleValue();
    double one = probabilities.get("1").doubleValue();
    assertEquals(1, zero + one, 1e-6);
    assertEquals(zero > one ? "0" : "1", json.get("answer").textValue());
  }

  @Test
  void everyLineHasAnAnswerInItsPlaceHoweverManyThereAre() throws IOException {
    List<String> texts =
        DemoReviews.examples(300, 8).stream().map(example -> example.textA()).toList();
    String input = String.join("\n", texts) + "\n";
    Run together = Run.withInput(utf8(input), "predict", reviews).exits(ExitCode.OK);
    assertEquals(300, together.lines().size());
    for (int i : new int[] {0, 255, 256, 299}) {
      Run alone = Run.of("predict", reviews, "--text", texts.get(i)).exits(ExitCode.OK);
      assertEquals(answer(alone.lines().get(0)), answer(together.lines().get(i)));
    }
    Path file = Files.writeString(folder.resolve("texts"), input);
    assertEquals(together, Run.of("predict", reviews, "--input", file));
    Files.delete(file);
  }

  private static String answer(String line) {
    return line.substring(0, line.indexOf('\t'));
  }

  @Test
  void aScoreHasNoProbability() {
    Run run =
        Run.withInput(utf8("the film was dull.\tthe film was awful.\n"), "predict", similarities)
            .exits(ExitCode.OK);
    double score = Double.parseDouble(run.lines().get(0));
    assertTrue(score >= 0 && score <= 5, run.out());
    Run options =
        Run.of(
            "predict",
            similarities,
            "--text",
            "the film was dull.",
            "--text-b",
            "the film was awful.",
            "--json");
    JsonNode json = options.exits(ExitCode.OK).json();
    assertEquals(run.lines().get(0), json.get("answer").textValue());
    assertEquals(1, json.size());
  }

  @Test
  void aSplitIsPredictedInTheFormOfTheGlueServer() {
    Run run = Run.of("predict", reviews, "--data", glue).exits(ExitCode.OK);
    List<String> lines = run.lines();
    assertEquals("index\tprediction", lines.get(0));
    assertEquals(301, lines.size());
    IntStream.range(0, 300)
        .forEach(i -> assertTrue(lines.get(i + 1).matches(i + "\t[01]"), lines.get(i + 1)));
    Run dev = Run.of("predict", reviews, "--data", glue, "--split", "dev", "--json").exits(0);
    assertEquals(300, dev.lines().size());
    assertTrue(Run.json(dev.lines().get(0)).has("probabilities"));
  }

  @Test
  void nothingToPredictIsNoError() {
    assertEquals(new Run(0, "", ""), Run.of("predict", reviews));
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByLine() {
    Run.withInput(new byte[] {'a', '\n', (byte) 0xff}, "predict", reviews)
        .refuses(ExitCode.BAD_INPUT, "standard input, line 2: byte 0 of the line is not UTF-8");
  }

  @Test
  void contradictionsAreWrongUsage() {
    Run.of("predict", reviews, "--text", "a", "--data", glue).refuses(2, "--data");
    Run.of("predict", reviews, "--split", "dev", "--text", "a").refuses(2, "--split");
    Run.of("predict", reviews, "--text", "a", "--input", "b").refuses(2, "--input");
    Run.of("predict", reviews, "--data", glue, "--split", "exam").refuses(2, "no split \"exam\"");
    Run.of("predict", reviews, "--text", "a", "--batch-size", 0).refuses(2, "--batch-size is 0");
    Run.of("predict", reviews, "--text", "a", "--max-seq-length", 99).refuses(2, "at most 64");
  }

  @Test
  void modelsThatCannotPredictAreBadInput() throws IOException {
    Run.of("predict", folder.resolve("model"), "--text", "a").refuses(3, "was not fine-tuned");
    Run.of("predict", folder.resolve("none"), "--text", "a").refuses(3, "none does not exist");
    Path results = reviews.resolve("results.json");
    String good = Files.readString(results);
    Files.writeString(results, "{");
    Run.of("predict", reviews, "--text", "a").refuses(3, "results.json: it is not JSON");
    Files.writeString(results, good);
  }
}
