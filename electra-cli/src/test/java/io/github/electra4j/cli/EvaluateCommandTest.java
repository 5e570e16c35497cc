package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path glue;
  private static Path run;

  @BeforeAll
  static void finetune() throws IOException {
    model = DemoFiles.model(folder);
    glue = DemoFiles.reviews(folder, 16, 12);
    run = folder.resolve("run");
    Run.of(
            "finetune",
            model,
            "--task",
            "sst",
            "--data",
            glue,
            "--output",
            run,
            "--epochs",
            1,
            "--max-seq-length",
            16)
        .exits(ExitCode.OK);
  }

  private static void refusesWithoutATrace(int code, List<Object> args, String... parts)
      throws IOException {
    Map<String, String> before = DemoFiles.snapshot(folder);
    Run.of(args.toArray()).refuses(code, parts);
    assertEquals(before, DemoFiles.snapshot(folder));
  }

  @Test
  void theScoreIsTheOneAfterFinetuning() throws IOException {
    JsonNode after = Run.json(Files.readString(run.resolve("results.json")));
    for (Path source : List.of(run, run.resolve("model"))) {
      Run evaluation = Run.of("evaluate", source, "--data", glue, "--json").exits(ExitCode.OK);
      assertEquals("", evaluation.err());
      JsonNode report = evaluation.json();
      assertEquals(after.get("metrics"), report.get("metrics"));
      assertEquals(after.at("/model/fingerprint"), report.at("/model/fingerprint"));
      assertEquals(after.at("/data/1"), report.at("/data/0"));
    }
  }

  @Test
  void theLengthIsThatOfTheRun() {
    JsonNode config = Run.of("evaluate", run, "--data", glue, "--json").json().get("config");
    assertEquals(16, config.get("max-seq-length").intValue());
    JsonNode other =
        Run.of("evaluate", run, "--data", glue, "--json", "--max-seq-length", 8).json();
    assertEquals(8, other.at("/config/max-seq-length").intValue());
  }

  @Test
  void aLimitIsMarkedInTableAndJson() {
    Run table = Run.of("evaluate", run, "--data", glue, "--limit", 5).exits(ExitCode.OK);
    assertTrue(table.out().contains("5 PARTIAL"), table.out());
    JsonNode json = Run.of("evaluate", run, "--data", glue, "--limit", 5, "--json").json();
    assertEquals(5, json.get("examples").intValue());
    assertTrue(json.get("partial").booleanValue());
  }

  @Test
  void batchesDoNotChangeTheScore() {
    JsonNode one = Run.of("evaluate", run, "--data", glue, "--json", "--batch-size", 1).json();
    JsonNode all = Run.of("evaluate", run, "--data", glue, "--json").json();
    assertEquals(all.at("/metrics/accuracy"), one.at("/metrics/accuracy"));
    assertEquals(
        all.at("/metrics/loss").doubleValue(), one.at("/metrics/loss").doubleValue(), 1e-5);
  }

  @Test
  void theReportIsWrittenToAFileOnRequest() throws IOException {
    Path file = folder.resolve("score.json");
    Run first = Run.of("evaluate", run, "--data", glue, "--output", file).exits(ExitCode.OK);
    assertTrue(first.out().startsWith("| Task"), first.out());
    assertEquals("sst", Run.json(Files.readString(file)).get("task").textValue());
    refusesWithoutATrace(
        3, List.of("evaluate", run, "--data", glue, "--output", file), "score.json exists already");
    Run.of("evaluate", run, "--data", glue, "--output", file, "--overwrite").exits(ExitCode.OK);
    Files.delete(file);
  }

  @Test
  void whatCannotBeScoredIsRefused() throws IOException {
    refusesWithoutATrace(3, List.of("evaluate", model, "--data", glue), "was not fine-tuned");
    refusesWithoutATrace(
        3, List.of("evaluate", run, "--data", glue, "--split", "test"), "test.tsv", "no labels");
    refusesWithoutATrace(
        3, List.of("evaluate", run, "--data", glue, "--task", "rte"), "no head for task \"rte\"");
    refusesWithoutATrace(
        3, List.of("evaluate", run, "--data", folder.resolve("none")), "none is not a folder");
    Path none = folder.resolve("none");
    refusesWithoutATrace(3, List.of("evaluate", none, "--data", glue), "none does not exist");
  }

  @Test
  void valuesThatCannotBeUsedAreWrongUsage() throws IOException {
    List<Object> command = List.of("evaluate", run, "--data", glue);
    Map<List<Object>, String> bad =
        Map.of(
            List.of("--split", "exam"), "Task sst has no split \"exam\"",
            List.of("--limit", 0), "--limit is 0",
            List.of("--batch-size", 0), "--batch-size is 0",
            List.of("--max-seq-length", 3), "at least 4",
            List.of("--max-seq-length", 65), "reads at most 64 tokens");
    for (Map.Entry<List<Object>, String> each : bad.entrySet()) {
      List<Object> args = new java.util.ArrayList<>(command);
      args.addAll(each.getKey());
      refusesWithoutATrace(2, args, each.getValue(), "Try: electra evaluate --help");
    }
  }

  /** The fine-tuned model with another head of the same size. */
  private static Path withHead(String name, TaskHead head) throws IOException {
    Checkpoint tuned = Checkpoint.read(run.resolve("model"));
    Map<String, org.nd4j.linalg.api.ndarray.INDArray> weights = new java.util.TreeMap<>();
    tuned
        .weights()
        .arrays()
        .forEach(
            (tensor, array) ->
                weights.put(
                    tensor.replace("task_specific/sst/", "task_specific/" + head.task() + "/"),
                    array));
    Path bundle = DemoFiles.bundle(folder.resolve(name).resolve("tf/model.ckpt-0"), weights);
    Path converted = folder.resolve(name).resolve("model");
    String labels = String.join(",", ((TaskHead.Classification) head).labels());
    Files.copy(model.resolve("vocab.txt"), bundle.resolveSibling("vocab.txt"));
    Run.of("convert", bundle, converted, "--labels", head.task() + "=" + labels).exits(ExitCode.OK);
    return converted;
  }

  @Test
  void labelsInAnotherOrderAreNotScored() throws IOException {
    Path swapped = withHead("swapped", new TaskHead.Classification("sst", List.of("1", "0")));
    refusesWithoutATrace(
        3, List.of("evaluate", swapped, "--data", glue), "labels=[1, 0]", "labels=[0, 1]");
    Run.of("predict", swapped, "--text", "the film was dull.").exits(ExitCode.OK);
  }

  @Test
  void aTaskThatGlueDoesNotHaveIsNotScored() throws IOException {
    Path own = withHead("own", new TaskHead.Classification("mood", List.of("sad", "glad")));
    refusesWithoutATrace(
        3, List.of("evaluate", own, "--data", glue), "\"mood\", which is no task of GLUE");
    Run run = Run.of("predict", own, "--text", "the film was dull.").exits(ExitCode.OK);
    assertTrue(run.out().matches("(sad|glad)\t0\\.\\d{4}\n"), run.out());
  }
}
