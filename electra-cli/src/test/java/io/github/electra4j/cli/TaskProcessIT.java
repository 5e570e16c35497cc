package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.cli.ElectraProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tasks that are not about whole texts, each command a process of its own. */
class TaskProcessIT {
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

  private Run electra(Object... args) throws IOException, InterruptedException {
    return ElectraProcess.run(folder, Surroundings.usual(), args).exits(ExitCode.OK);
  }

  private JsonNode finetune(String task, Object... more) throws IOException, InterruptedException {
    List<Object> args = new ArrayList<>(List.of("finetune", model, "--task", task));
    args.addAll(List.of("--data", folder, "--output", run, "--epochs", 1, "--json"));
    args.addAll(List.of("--train-batch-size", 4, "--learning-rate", 1e-3));
    args.addAll(List.of(more));
    return electra(args.toArray()).json().get("metrics");
  }

  @Test
  void answersOfTheSecondSquadAreScoredAsTheOfficialFilesAre()
      throws IOException, InterruptedException {
    file("squad/train.json", DemoTasks.squad(16, 1, true));
    Path dev = file("squad/dev.json", DemoTasks.squad(8, 2, true));
    JsonNode learnt = finetune("squad", "--max-query-length", 16);
    Run evaluated = electra("evaluate", run, "--data", folder, "--json");
    assertEquals(learnt, evaluated.json().get("metrics"));
    Path answers = folder.resolve("answers.json");
    Path odds = folder.resolve("odds.json");
    electra("predict", run, "--test", dev, "--predictions", answers, "--null-odds", odds);
    Run scored =
        electra(
            "score",
            "squad",
            "--gold",
            dev,
            "--predictions",
            answers,
            "--null-odds",
            odds,
            "--json");
    for (String metric : List.of("exact", "f1", "total", "NoAns_exact", "best_f1", "best_exact")) {
      assertEquals(
          learnt.get(metric).doubleValue(), scored.json().get(metric).doubleValue(), 1e-9, metric);
    }
  }

  @Test
  void chunksAreScoredAsConllevalDoes() throws IOException, InterruptedException {
    file("chunk/train.txt", DemoTasks.conll(16, 1));
    Path dev = file("chunk/dev.txt", DemoTasks.conll(8, 2));
    JsonNode learnt = finetune("chunk");
    assertTrue(learnt.has("f1"), learnt.toString());
    Run predicted = electra("predict", run, "--test", dev);
    Path found = file("found.txt", predicted.out());
    JsonNode scored =
        electra("score", "chunk", "--gold", dev, "--predictions", found, "--json").json();
    assertTrue(scored.has("f1") && scored.has("accuracy"), scored.toString());
  }

  @Test
  void theBestOfSeveralCandidatesIsChosen() throws IOException, InterruptedException {
    file("copa/train.jsonl", DemoTasks.copa(16, 1));
    Path dev = file("copa/dev.jsonl", DemoTasks.copa(8, 2));
    JsonNode learnt = finetune("copa");
    Run predicted = electra("predict", run, "--test", dev);
    long right = predicted.lines().stream().filter(line -> line.startsWith("1\t")).count();
    assertEquals(100.0 * right / 8, learnt.get("accuracy").doubleValue(), 1e-9);
  }

  @Test
  void intentsAndSlotsAreFoundTogether() throws IOException, InterruptedException {
    file("intent/train.txt", DemoTasks.intents(16, 1));
    Path dev = file("intent/dev.txt", DemoTasks.intents(8, 2));
    JsonNode learnt = finetune("intent");
    Run predicted = electra("predict", run, "--test", dev);
    List<String> wanted = intents(Files.readAllLines(dev));
    List<String> found = intents(predicted.lines());
    assertEquals(8, found.size());
    int right = 0;
    for (int i = 0; i < 8; i++) {
      right += wanted.get(i).equals(found.get(i)) ? 1 : 0;
    }
    assertEquals(100.0 * right / 8, learnt.get("intent_accuracy").doubleValue(), 1e-9);
  }

  private static List<String> intents(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("# intent: ")).toList();
  }
}
