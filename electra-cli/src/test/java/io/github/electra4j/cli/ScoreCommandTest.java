package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score}, {@code compare} and {@code submit}. */
class ScoreCommandTest {
  private static final String GOLD =
      """
      {"version": "v2.0", "data": [{"title": "t", "paragraphs": [{"context": "The cat sat.", "qas": [
        {"id": "a", "question": "Who?", "answers": [{"text": "The cat", "answer_start": 0}]},
        {"id": "b", "question": "Why?", "is_impossible": true, "answers": []}]}]}]}
      """;

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void answersAreScoredWithTheirThresholds() throws IOException {
    Path gold = file("gold.json", GOLD);
    Path answers = file("answers.json", "{\"a\": \"cat\", \"b\": \"sat\"}");
    Path odds = file("odds.json", "{\"a\": -5, \"b\": 3}");
    Object[] plain = {"score", "squad", "--gold", gold, "--predictions", answers, "--json"};
    assertEquals(50, Run.of(plain).exits(0).json().get("exact").doubleValue());
    JsonNode scores =
        Run.of(
                "score",
                "squad",
                "--gold",
                gold,
                "--predictions",
                answers,
                "--null-odds",
                odds,
                "--json")
            .exits(0)
            .json();
    assertEquals(100, scores.get("exact").doubleValue());
    assertEquals(100, scores.get("best_f1").doubleValue());
    Run table = Run.of("score", "squad", "--gold", gold, "--predictions", answers).exits(0);
    assertTrue(table.out().startsWith("| Metric"), table.out());
    Run.of("score", "squad", "--gold", gold, "--predictions", file("list.json", "[]"))
        .refuses(3, "list.json");
    Run.of("score", "squad", "--gold", gold, "--predictions", folder.resolve("none"))
        .refuses(3, "none does not exist");
    Run.of("score", "squad", "--predictions", answers).refuses(2, "--gold");
    Run.of("score", "squadv1", "--gold", gold, "--predictions", answers, "--null-odds", odds)
        .refuses(2, "--null-odds");
  }

  @Test
  void labelsOfWordsAreScored() throws IOException {
    Path both = file("both.txt", "a B-NP B-NP\nb I-NP I-NP\nc B-VP O\n\n");
    JsonNode scores = Run.of("score", "chunk", "--predictions", both, "--json").exits(0).json();
    assertEquals(100, scores.get("precision").doubleValue());
    assertEquals(50, scores.get("recall").doubleValue());
    Path gold = file("gold.txt", "a B-NP\nb I-NP\n");
    Run.of("score", "ner", "--predictions", both, "--gold", gold).refuses(3, "3 words", "have 2");
  }

  @Test
  void classesAreScoredByIndex() throws IOException {
    Path glue = DemoFiles.reviews(folder, 8, 12);
    List<String> lines = Files.readAllLines(glue.resolve("SST-2/dev.tsv"));
    StringBuilder predictions = new StringBuilder("index\tprediction\n");
    for (int i = 1; i < lines.size(); i++) {
      String label = lines.get(i).substring(lines.get(i).length() - 1);
      predictions.append(i - 1).append('\t').append(i <= 3 ? "0" : label).append('\n');
    }
    long wrong = lines.subList(1, 4).stream().filter(line -> line.endsWith("1")).count();
    Path file = file("SST-2.tsv", predictions.toString());
    JsonNode scores =
        Run.of("score", "sst", "--gold", glue, "--predictions", file, "--json").exits(0).json();
    assertEquals(100.0 * (12 - wrong) / 12, scores.get("accuracy").doubleValue(), 1e-9);
    Path few = file("few.tsv", "index\tprediction\n0\t1\n");
    Run.of("score", "sst", "--gold", glue, "--predictions", few).refuses(3, "index 1");
    Path odd = file("odd.tsv", predictions.toString().replaceFirst("\n0\t.", "\n0\t7"));
    Run.of("score", "sst", "--gold", glue, "--predictions", odd).refuses(3, "index 0", "\"7\"");
    Run.of("score", "sst", "--gold", glue, "--predictions", odd, "--split", "test").refuses(3);
    Run.of("score", "sstt", "--gold", glue, "--predictions", odd).refuses(2, "Unknown task");
  }

  private static String samples(int right) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines.append(
          "{\"task\": \"t\", \"id\": \"%d\", \"gold\": \"1\", \"answer\": \"%d\"}%n"
              .formatted(i, i < right ? 1 : 0));
    }
    return lines.toString();
  }

  @Test
  void twoModelsAreCompared() throws IOException {
    Path a = file("a.jsonl", samples(5));
    Path b = file("b.jsonl", samples(15));
    JsonNode json = Run.of("compare", a, b, "--json").exits(0).json();
    assertEquals(50, json.at("/bootstrap/difference").doubleValue(), 1e-9);
    assertEquals(10, json.at("/mcnemar/only_second").intValue());
    assertTrue(json.at("/mcnemar/p").doubleValue() < 0.01, json.toString());
    assertFalse(Run.of("compare", a, b).exits(0).out().isEmpty());
    Path other = file("c.jsonl", samples(3).replace("\"id\": \"3\"", "\"id\": \"33\""));
    Run.of("compare", a, other).refuses(3, "c.jsonl", "3");
    Run.of("compare", a, folder.resolve("none")).refuses(3, "none does not exist");
  }

  @Test
  void aSubmissionThatTheServerWouldRefuseIsNotWritten() throws IOException {
    Path model = DemoFiles.model(folder);
    Path glue = DemoFiles.reviews(folder, 8, 6);
    Path runs = folder.resolve("runs");
    Path cola = Files.createDirectories(glue.resolve("CoLA"));
    Files.writeString(
        cola.resolve("train.tsv"), "s\t1\t\tthe film was dull.\ns\t0\t*\tfilm the.\n");
    Files.copy(cola.resolve("train.tsv"), cola.resolve("dev.tsv"));
    Files.writeString(cola.resolve("test.tsv"), "index\tsentence\n0\tthe film was dull.\n");
    Path zip = folder.resolve("glue.zip");
    Files.createDirectories(runs);
    Run.of("submit", runs, "--data", glue, "--output", zip).refuses(3);
    Run.of(
            "finetune",
            model,
            "--task",
            "cola",
            "--data",
            glue,
            "--output",
            runs.resolve("cola"),
            "--epochs",
            1)
        .exits(0);
    Run.of("submit", runs, "--data", glue, "--output", zip).refuses(3, "test.tsv", "1063");
    assertFalse(Files.exists(zip));
  }
}
