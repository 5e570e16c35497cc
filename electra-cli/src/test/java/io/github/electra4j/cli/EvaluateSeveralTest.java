package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateSeveralTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path glue;
  private static Path runs;

  @BeforeAll
  static void finetune() throws IOException {
    model = DemoFiles.model(folder);
    glue = DemoFiles.reviews(folder, 16, 12);
    DemoFiles.similarities(folder, 16, 8);
    runs = folder.resolve("runs");
    for (String task : List.of("sst", "sts")) {
      finetune(model, task, runs.resolve(task)).exits(ExitCode.OK);
    }
  }

  private static Run finetune(Path start, String tasks, Path output) {
    return Run.of(
        "finetune",
        start,
        "--tasks",
        tasks,
        "--data",
        glue,
        "--output",
        output,
        "--epochs",
        1,
        "--train-batch-size",
        4,
        "--json");
  }

  private static JsonNode results(String run) throws IOException {
    return Run.json(Files.readString(runs.resolve(run + "/results.json")));
  }

  @Test
  void aFolderWithAModelPerTaskIsScoredInOneGo() throws IOException {
    Run run = Run.of("evaluate", runs, "--tasks", "sst,sts", "--data", glue, "--json").exits(0);
    assertEquals(results("sst").get("metrics"), run.json().get(0).get("metrics"));
    assertEquals(results("sts").get("metrics"), run.json().get(1).get("metrics"));
    Run table = Run.of("evaluate", runs.resolve("sst"), runs.resolve("sts"), "--data", glue);
    assertTrue(table.exits(0).out().contains("| sts  | dev   | pearson"), table.out());
    assertTrue(table.out().contains("| sst  | dev   | accuracy"), table.out());
  }

  @Test
  void severalTasksAreLearntTogetherAndScoredFromOneModel() throws IOException {
    Path both = folder.resolve("both");
    JsonNode after = finetune(model, "sst,sts", both).exits(ExitCode.OK).json();
    assertEquals(
        List.of(
            new TaskHead.Classification("sst", List.of("0", "1")),
            new TaskHead.Regression("sts", 0, 5)),
        Checkpoint.read(both.resolve("model")).heads());
    JsonNode scores =
        Run.of("evaluate", both, "--tasks", "sts,sst", "--data", glue, "--json").exits(0).json();
    assertEquals(after.get(0).get("metrics"), scores.get(1).get("metrics"));
    assertEquals(after.get(1).get("metrics"), scores.get(0).get("metrics"));
    Run.of("evaluate", both, "--data", glue).refuses(3, "Choose one with --task");
    Run.of("predict", both, "--task", "sst", "--text", "the film was dull.").exits(0);
    Run.of("predict", both, "--tasks", "sst,sts", "--text", "a").refuses(2, "one --task");
    finetune(model, "sst,SST-2", folder.resolve("twice")).refuses(2, "sst is named twice");
  }

  @Test
  void aModelOfAnotherTaskKeepsItsEncoder() throws IOException {
    Run run = finetune(runs.resolve("sst"), "sts", folder.resolve("next")).exits(0);
    assertTrue(run.err().contains("fine-tuned for sst before: its encoder is kept"), run.err());
    assertNotEquals(results("sts").get("metrics"), run.json().get("metrics"));
  }

  @Test
  void theExitCodeTellsWhetherAThresholdWasReached() {
    Path sst = runs.resolve("sst");
    Run.of("evaluate", sst, "--data", glue, "--fail-under", "accuracy=0").exits(0);
    Run below = Run.of("evaluate", sst, "--data", glue, "--fail-under", "sst.accuracy=100.5");
    assertTrue(below.exits(4).err().contains("accuracy of sst is "), below.err());
    assertTrue(below.out().startsWith("| Task"), below.out());
    Run.of("evaluate", sst, "--data", glue, "--fail-under", "loss=0").exits(4);
    Run.of("evaluate", sst, "--data", glue, "--fail-under", "bleu=1")
        .refuses(2, "bleu", "accuracy");
  }

  private static List<Path> files(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.sorted().toList();
    }
  }

  @Test
  void featuresAreKeptUnderEverythingThatShapesThem() throws IOException {
    Path cache = folder.resolve("cache");
    Path sst = runs.resolve("sst");
    Object[] command = {"evaluate", sst, "--data", glue, "--json", "--cache", cache};
    JsonNode metrics = Run.of(command).exits(0).json().get("metrics");
    Path kept = files(cache).get(0);
    Run again = Run.of(command).exits(0);
    assertTrue(again.err().contains("Features: 12 from"), again.err());
    assertEquals(metrics, again.json().get("metrics"));
    Run.of("evaluate", sst, "--data", glue, "--cache", cache, "--max-seq-length", 8).exits(0);
    Run.of("evaluate", sst, "--data", glue, "--cache", cache, "--limit", 5).exits(0);
    assertEquals(3, files(cache).size());
    Corruptions.flipBit(kept, 20, 3);
    Run damaged = Run.of(command).exits(0);
    assertTrue(damaged.err().contains("the file is damaged"), damaged.err());
    assertEquals(metrics, damaged.json().get("metrics"));
    assertTrue(Run.of(command).err().contains("Features: 12 from"));
    assertEquals(3, files(cache).size());
  }

  @Test
  void samplesHoldEveryAnswer() throws IOException {
    Path samples = folder.resolve("samples.jsonl");
    Run.of("evaluate", runs.resolve("sst"), "--data", glue, "--samples", samples).exits(0);
    var read = io.github.electra4j.eval.statistics.Answers.read(samples).byId();
    assertEquals(12, read.size());
    long right = read.values().stream().filter(s -> s.gold().equals(s.answer())).count();
    assertEquals(results("sst").at("/metrics/accuracy").doubleValue(), 100.0 * right / 12, 1e-9);
    Run.of("evaluate", runs.resolve("sst"), "--data", glue, "--samples", samples)
        .refuses(3, "samples.jsonl exists already");
    Files.delete(samples);
  }

  @Test
  void huggingFaceFoldersAreReadWithoutConversion() throws IOException {
    Path hub = folder.resolve("hub");
    Run.of("convert", model, hub, "--to", "huggingface").exits(0);
    Path start = Files.exists(hub.resolve("config.json")) ? hub : hub.resolve("discriminator");
    finetune(start, "sst", folder.resolve("from-hub")).exits(0);
    Run.of("tokenize", "--model", start, "--text", "the film").exits(0);
  }
}
