package io.github.electra4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.eval.squad.PredictionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fine-tuning, scoring and predicting for tasks that are not about whole texts. */
class OtherTasksTest {
  @TempDir Path folder;
  private Path model;
  private Path run;

  @BeforeEach
  void prepare() throws IOException {
    model = DemoFiles.model(folder);
    run = folder.resolve("run");
  }

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Run finetune(String task, Path train, Path dev, Object... more) {
    List<Object> args = new ArrayList<>(List.of("finetune", model, "--task", task));
    args.addAll(List.of("--train", train, "--dev", dev, "--output", run, "--epochs", 2));
    args.addAll(List.of("--train-batch-size", 4, "--json", "--learning-rate", 1e-3));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  @Test
  void questionsAreLearntScoredAndAnsweredInTheOfficialFiles() throws IOException {
    Path train = file("squad/train.json", DemoTasks.squad(24, 1, true));
    Path dev = file("squad/dev.json", DemoTasks.squad(8, 2, true));
    JsonNode report = finetune("squad", train, dev, "--max-query-length", 16).exits(0).json();
    JsonNode metrics = report.get("metrics");
    assertEquals("exact", report.get("main_metric").textValue());
    assertTrue(metrics.has("best_f1_thresh") && metrics.has("NoAns_f1"), metrics.toString());
    JsonNode again = Run.of("evaluate", run, "--data", folder, "--json").exits(0).json();
    assertEquals(metrics, again.get("metrics"));
    assertEquals(
        metrics, Run.of("evaluate", run, "--test", dev, "--json").exits(0).json().get("metrics"));
    Path predictions = folder.resolve("predictions.json");
    Path odds = folder.resolve("odds.json");
    Path best = folder.resolve("best.json");
    Run.of(
            "predict",
            run,
            "--test",
            dev,
            "--predictions",
            predictions,
            "--null-odds",
            odds,
            "--n-best",
            best)
        .exits(0);
    Set<String> answered = PredictionFiles.answers(predictions).keySet();
    assertEquals(8, answered.size());
    assertEquals(answered, PredictionFiles.nullOdds(odds).keySet());
    JsonNode first = Run.json(Files.readString(best)).get("2-0").get(0);
    assertEquals(PredictionFiles.answers(predictions).get("2-0"), first.get("text").textValue());
    Run.of("predict", run, "--test", dev, "--n-best", best).refuses(2, "--n-best need");
    Run.of("predict", run, "--test", dev, "--predictions", predictions)
        .refuses(3, "predictions.json exists already");
    Run lines = Run.of("predict", run, "--test", dev).exits(0);
    assertEquals(8, lines.lines().size());
    assertTrue(Run.json(lines.lines().get(0)).has("null_odds"), lines.out());
    Run.of("predict", run, "--question", "what was it?", "--context", "the film was dull.")
        .exits(0);
    Run.of("predict", run, "--question", "what was it?").refuses(2, "--question and --context");
    Run.of("predict", run, "--text", "a").refuses(2, "answers questions");
  }

  @Test
  void firstSquadHasNoNullOdds() throws IOException {
    Path train = file("train.json", DemoTasks.squad(12, 1, false));
    JsonNode report = finetune("squadv1", train, train, "--max-query-length", 16).exits(0).json();
    assertEquals("exact_match", report.get("main_metric").textValue());
    Run limited = Run.of("evaluate", run, "--test", train, "--limit", 5).exits(0);
    assertTrue(limited.out().contains("5 PARTIAL"), limited.out());
    Path answers = folder.resolve("p.json");
    Path odds = folder.resolve("odds.json");
    Run.of("predict", run, "--test", train, "--predictions", answers, "--null-odds", odds)
        .refuses(2, "--null-odds", "squadv1");
    assertFalse(Files.exists(answers));
  }

  @Test
  void badQuestionFilesAreNamed() throws IOException {
    Path good = file("good.json", DemoTasks.squad(8, 1, false));
    Path shifted =
        file(
            "shifted.json",
            DemoTasks.squad(8, 1, false)
                .replaceFirst("\"answer_start\":\\d+", "\"answer_start\":400"));
    Run partly = finetune("squadv1", shifted, good, "--max-query-length", 16).exits(0);
    assertTrue(partly.err().contains("1 questions are left out"), partly.err());
    Path broken = file("broken.json", DemoTasks.squad(8, 1, false).substring(0, 300));
    finetune("squadv1", broken, good, "--overwrite").refuses(3, "broken.json");
    Path none = file("none.json", "{\"data\": []}");
    finetune("squadv1", none, good, "--overwrite").refuses(3, "none.json");
    Path twice = file("twice.json", DemoTasks.squad(8, 1, false).replace("\"1-1\"", "\"1-0\""));
    finetune("squadv1", twice, good, "--overwrite").refuses(3, "twice.json", "1-0");
    finetune("squadv1", folder.resolve("nowhere.json"), good, "--overwrite").refuses(3, "nowhere");
    finetune("squadv1", good, good, "--overwrite").refuses(2, "--max-query-length");
  }

  @Test
  void chunksAreLearntScoredAndPredicted() throws IOException {
    Path train = file("chunk/train.txt", DemoTasks.conll(24, 1));
    Path dev = file("chunk/dev.txt", DemoTasks.conll(8, 2));
    JsonNode report = finetune("chunk", train, dev).exits(0).json();
    assertEquals("f1", report.get("main_metric").textValue());
    JsonNode again = Run.of("evaluate", run, "--data", folder, "--json").exits(0).json();
    assertEquals(report.get("metrics"), again.get("metrics"));
    Run predicted = Run.of("predict", run, "--test", dev).exits(0);
    List<String> words = Files.readAllLines(dev);
    assertEquals(words.size(), predicted.lines().size());
    assertEquals(words.get(0).split(" ", -1)[0], predicted.lines().get(0).split(" ", -1)[0]);
    assertTrue(predicted.lines().get(0).matches("\\S+ ([BIES]-NP|O)"), predicted.out());
    Run text = Run.of("predict", run, "--text", "the film was dull.").exits(0);
    assertEquals(6, text.lines().size());
    assertTrue(text.lines().get(3).matches("dull ([BIES]-NP|O)"), text.out());
    Run.of("predict", run, "--data", folder).refuses(2, "--test");
    Path unseen = file("unseen.txt", "a X B-VP\n");
    Run.of("evaluate", run, "--test", unseen).refuses(3, "unseen.txt", "S-VP");
  }

  @Test
  void partsOfSpeechHaveAnAccuracyAlone() throws IOException {
    Path train =
        file("train.txt", DemoTasks.conll(16, 1).replace("B-NP", "DT").replace("I-NP", "NN"));
    JsonNode metrics = finetune("pos", train, train).exits(0).json().get("metrics");
    assertTrue(metrics.has("accuracy"), metrics.toString());
    assertFalse(metrics.has("f1"), metrics.toString());
  }

  @Test
  void theNextTurnIsChosen() throws IOException {
    Path train = file("response/train.jsonl", DemoTasks.responses(16, 1));
    Files.copy(train, folder.resolve("response/dev.jsonl"));
    JsonNode report = finetune("response", train, train).exits(0).json();
    assertTrue(report.get("metrics").has("mrr"), report.toString());
    JsonNode again = Run.of("evaluate", run, "--data", folder, "--json").exits(0).json();
    assertEquals(report.get("metrics"), again.get("metrics"));
    Run predicted = Run.of("predict", run, "--test", train).exits(0);
    assertEquals(16, predicted.lines().size());
    assertTrue(predicted.lines().get(0).matches("[012]\t.*"), predicted.out());
    Run objects = Run.of("predict", run, "--test", train, "--json").exits(0);
    JsonNode first = Run.json(objects.lines().get(0));
    assertTrue(predicted.lines().get(0).startsWith(first.get("best") + "\t"), objects.out());
    assertEquals(3, first.get("scores").size());
  }

  @Test
  void intentsAndSlotsAreFoundTogether() throws IOException {
    Path train = file("train.txt", DemoTasks.intents(16, 1));
    JsonNode report = finetune("intent", train, train).exits(0).json();
    assertTrue(report.get("metrics").has("slot_f1"), report.toString());
    Run predicted = Run.of("predict", run, "--test", train).exits(0);
    assertTrue(predicted.lines().get(0).matches("# intent: (praise|blame)"), predicted.out());
    Run lines = Run.withInput("the film was dull.\nthe\tfilm".getBytes(UTF_8), "predict", run);
    assertTrue(lines.exits(0).lines().get(0).matches("# intent: (praise|blame)"), lines.out());
    assertEquals(2, lines.lines().stream().filter(line -> line.startsWith("# ")).count());
    JsonNode json = Run.of("predict", run, "--text", "a dull  film", "--json").exits(0).json();
    assertEquals(8, json.get("words").get(2).get("start").intValue());
    Run objects = Run.of("predict", run, "--test", train, "--json").exits(0);
    assertEquals(16, objects.lines().size());
    JsonNode first = Run.json(objects.lines().get(0));
    assertEquals(predicted.lines().get(0), "# intent: " + first.get("intent").textValue());
    assertEquals(first.get("words").size(), first.get("tags").size());
    assertEquals(2, json.get("probabilities").size());
    assertTrue(json.has("spans"), json.toString());
  }

  @Test
  void severalKindsOfTasksAreLearntTogether() throws IOException {
    file("glue/chunk/train.txt", DemoTasks.conll(12, 1));
    file("glue/chunk/dev.txt", DemoTasks.conll(4, 2));
    Path glue = DemoFiles.reviews(folder, 12, 8);
    JsonNode reports =
        Run.of(
                "finetune",
                model,
                "--tasks",
                "sst,chunk",
                "--data",
                glue,
                "--output",
                run,
                "--epochs",
                1,
                "--json")
            .exits(0)
            .json();
    assertEquals("sst", reports.get(0).get("task").textValue());
    assertEquals("chunk", reports.get(1).get("task").textValue());
    JsonNode again =
        Run.of("evaluate", run, "--tasks", "chunk,sst", "--data", glue, "--json").exits(0).json();
    assertEquals(reports.get(1).get("metrics"), again.get(0).get("metrics"));
  }
}
