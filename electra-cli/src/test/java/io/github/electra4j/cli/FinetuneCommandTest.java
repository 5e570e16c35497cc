package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class FinetuneCommandTest {
  private static final int TRAIN = 40;
  private static final int STEPS_PER_EPOCH = 5;

  @TempDir Path folder;
  private Path model;
  private Path glue;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    model = DemoFiles.model(folder);
    glue = DemoFiles.reviews(folder, TRAIN, 12);
    output = folder.resolve("run");
  }

  /** A short run into {@code target}; {@code more} replaces or adds options. */
  private Object[] command(Path target, Object... more) {
    List<Object> usual =
        List.of("--task", "sst", "--train-batch-size", 8, "--epochs", 2, "--learning-rate", 1e-3);
    List<Object> args = new ArrayList<>(List.of("finetune", model, "--data", glue));
    args.addAll(List.of("--output", target));
    for (int i = 0; i < usual.size(); i += 2) {
      if (!List.of(more).contains(usual.get(i))) {
        args.addAll(usual.subList(i, i + 2));
      }
    }
    args.addAll(List.of(more));
    return args.toArray();
  }

  private Run run(Object... more) {
    return Run.of(command(output, more));
  }

  /** Fails unless the command refuses and leaves everything as it was. */
  private void refusesWithoutATrace(int code, List<Object> more, String... parts)
      throws IOException {
    Map<String, String> before = DemoFiles.snapshot(folder);
    run(more.toArray()).refuses(code, parts);
    assertEquals(before, DemoFiles.snapshot(folder));
  }

  private static String fingerprint(Path run) throws IOException {
    return WeightFingerprint.of(Checkpoint.read(run.resolve("model")).weights());
  }

  @Test
  void aRunLeavesAModelItsScoreAndItsLosses() throws IOException {
    Run run = run("--json").exits(ExitCode.OK);
    JsonNode report = run.json();
    assertEquals(report, Run.json(Files.readString(output.resolve("results.json"))));
    assertEquals("sst", report.get("task").textValue());
    assertEquals(12, report.get("examples").intValue());
    assertEquals(8, report.at("/config/train-batch-size").intValue());
    assertEquals(64, report.at("/config/max-seq-length").intValue());
    assertEquals(fingerprint(output), report.at("/model/fingerprint").textValue());
    assertEquals("SST-2/train.tsv", report.at("/data/0/file").textValue());
    assertEquals("SST-2/dev.tsv", report.at("/data/1/file").textValue());
    assertEquals(2 * STEPS_PER_EPOCH + 1, Files.readAllLines(output.resolve("log.csv")).size());
    try (var left = Files.list(output)) {
      assertEquals(
          List.of("eval.csv", "log.csv", "model", "model-card.md", "report.html", "results.json"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
    Checkpoint tuned = Checkpoint.read(output.resolve("model"));
    assertEquals(List.of(new TaskHead.Classification("sst", List.of("0", "1"))), tuned.heads());
    assertTrue(tuned.optimizer().isEmpty());
    String card = Files.readString(output.resolve("model-card.md"));
    assertTrue(card.contains("| weights | `%s` |".formatted(fingerprint(output))), card);
    assertTrue(card.contains("| task | sst: Classification, labels 0, 1 |"), card);
    assertTrue(card.contains("| train-batch-size | 8 |"), card);
    assertTrue(card.contains("| SST-2/train.tsv | "), card);
    String page = Files.readString(Path.of("../docs/MODEL_CARD.md"));
    ModelCard.ASKED.forEach(
        (section, asked) -> {
          assertTrue(card.contains("## %s\n\n*%s*".formatted(section, asked)), card);
          assertTrue(page.contains("| %s | %s |".formatted(section, asked)), section);
        });
    assertTrue(run.err().contains("sst: 40 examples, 10 steps"), run.err());
    assertTrue(run.err().contains("epoch 1.000  train loss "), run.err());
    assertTrue(run.err().contains("epoch 2.000  train loss "), run.err());
  }

  @Test
  void scoresOnTheWayMakeACurve() throws IOException {
    run("--eval-steps", 2, "--eval-limit", 4).exits(ExitCode.OK);
    List<String> rows = Files.readAllLines(output.resolve("eval.csv"));
    assertEquals("step,epoch,train_loss,dev_examples,accuracy,loss", rows.get(0));
    assertEquals(
        List.of(
            "2 4.000000", "4 4.000000", "5 4.000000", "6 4.000000", "8 4.000000", "10 12.00000"),
        rows.stream()
            .skip(1)
            .map(row -> row.split(",", -1))
            .map(row -> row[0] + " " + row[3])
            .toList());
    double last = Double.parseDouble(rows.get(6).split(",", -1)[4]);
    JsonNode results = Run.json(Files.readString(output.resolve("results.json")));
    assertEquals(results.at("/metrics/accuracy").doubleValue(), last, 1e-4);
    assertFalse(results.get("partial").booleanValue());
    String page = Files.readString(output.resolve("report.html"));
    assertTrue(page.contains("Training loss") && page.contains("accuracy</text>"), page);
    assertEquals(3, page.split("<polyline", -1).length - 1);
  }

  @Test
  void aCurveIsTheSameAfterAnInterruption() throws IOException {
    Object[] evaluations = {"--eval-steps", 2, "--eval-limit", 4};
    Run whole = run(evaluations).exits(ExitCode.OK);
    assertTrue(whole.err().contains("step 2, epoch 0.4000  train loss"), whole.err());
    assertTrue(whole.err().contains("dev (PARTIAL: 4 examples)  accuracy"), whole.err());
    Path other = folder.resolve("other");
    Run.interruptedAt("step 6", command(other, evaluations)).exits(ExitCode.INTERRUPTED);
    Run.of(command(other, evaluations)).exits(ExitCode.OK);
    assertEquals(scores(output), scores(other));
    assertEquals(fingerprint(output), fingerprint(other));
  }

  /** Everything in the curve but the smoothed loss, which starts anew when a run goes on. */
  private static List<String> scores(Path run) throws IOException {
    return Files.readAllLines(run.resolve("eval.csv")).stream()
        .map(row -> row.replaceFirst("^(\\d+,[^,]+),[^,]+", "$1"))
        .toList();
  }

  @Test
  void theResultIsATableUnlessJsonIsAskedFor() {
    List<String> lines = run("--epochs", 1).exits(ExitCode.OK).lines();
    assertEquals(4, lines.size());
    assertTrue(lines.get(0).startsWith("| Task | Split | Metric"), lines.get(0));
    assertTrue(lines.get(2).startsWith("| sst  | dev   | accuracy"), lines.get(2));
  }

  @Test
  void anInterruptedRunGoesOnToTheSameWeights() throws IOException {
    run().exits(ExitCode.OK);
    Path other = folder.resolve("other");
    Run stopped = Run.interruptedAt("epoch 1.000", command(other)).exits(ExitCode.INTERRUPTED);
    assertEquals("", stopped.out());
    assertTrue(
        stopped.err().contains("Stopped at step 6 of 10; the state is saved"), stopped.err());
    assertTrue(Files.isDirectory(other.resolve("training/step-00000006")));
    assertFalse(Files.exists(other.resolve("model")));
    Run resumed = Run.of(command(other)).exits(ExitCode.OK);
    assertTrue(resumed.err().contains("going on from step 6"), resumed.err());
    assertFalse(Files.exists(other.resolve("training")));
    assertEquals(fingerprint(output), fingerprint(other));
    assertEquals(losses(output), losses(other));
  }

  /** Everything in the log but the speed. */
  private static List<String> losses(Path run) throws IOException {
    return Files.readAllLines(run.resolve("log.csv")).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .toList();
  }

  @Test
  void savedStatesAreKeptEverySoManySteps() throws IOException {
    Run.interruptedAt("epoch 1.000", command(output, "--save-steps", 2))
        .exits(ExitCode.INTERRUPTED);
    try (var states = Files.list(output.resolve("training"))) {
      assertEquals(
          List.of("run.json", "step-00000004", "step-00000006"),
          states.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void anUnfinishedRunIsNotMixedWithOtherSettings() throws IOException {
    Run.interruptedAt("epoch 1.000", command(output)).exits(ExitCode.INTERRUPTED);
    refusesWithoutATrace(
        ExitCode.BAD_INPUT,
        List.of("--learning-rate", 5e-4, "--seed", 7),
        "run.json",
        "learning-rate was 0.001, is now 5.0E-4",
        "seed was 0, is now 7",
        "--overwrite");
    Files.writeString(
        glue.resolve("SST-2/train.tsv"), DemoReviews.toTsv(DemoReviews.examples(TRAIN, 9)));
    refusesWithoutATrace(ExitCode.BAD_INPUT, List.of(), "train-data was ");
    Run.of("predict", output, "--text", "a").refuses(ExitCode.BAD_INPUT, "run", "not finished");
  }

  @Test
  void aDamagedStateIsNamedAndTheOneBeforeIsGoodEnough() throws IOException {
    run().exits(ExitCode.OK);
    String expected = fingerprint(output);
    output = folder.resolve("damaged");
    Run.interruptedAt("epoch 1.000", command(output, "--save-steps", 2))
        .exits(ExitCode.INTERRUPTED);
    Path state = output.resolve("training/step-00000006");
    Corruptions.flipBit(state.resolve("optimizer.safetensors"), 40_000, 2);
    Map<String, String> before = DemoFiles.snapshot(output);
    run("--save-steps", 2).refuses(3, "step-00000006", "Delete that state to go on from the one");
    assertEquals(before, DemoFiles.snapshot(output));
    for (String file : List.of("optimizer", "model")) {
      Files.delete(state.resolve(file + ".safetensors"));
    }
    for (String file : List.of("config.json", "vocab.txt", "tokenizer_config.json")) {
      Files.delete(state.resolve(file));
    }
    Files.delete(state);
    Run resumed = run("--save-steps", 2).exits(ExitCode.OK);
    assertTrue(resumed.err().contains("going on from step 4"), resumed.err());
    assertEquals(expected, fingerprint(output));
  }

  @Test
  void aStateThatHasLostItsOptimizerIsNamed() throws IOException {
    Run.interruptedAt("epoch 1.000", command(output)).exits(ExitCode.INTERRUPTED);
    Files.delete(output.resolve("training/step-00000006/optimizer.safetensors"));
    run().refuses(3, "step-00000006", "no optimizer state", "to start afresh");
  }

  @Test
  void overwriteGivesUpAnUnfinishedRunOfOtherSettingsOnly() throws IOException {
    Run.interruptedAt("epoch 1.000", command(output)).exits(ExitCode.INTERRUPTED);
    Run same = run("--overwrite").exits(ExitCode.OK);
    assertTrue(same.err().contains("going on from step 6"), same.err());
    Path other = folder.resolve("other");
    Run.interruptedAt("epoch 1.000", command(other)).exits(ExitCode.INTERRUPTED);
    Run changed = Run.of(command(other, "--seed", 7, "--overwrite")).exits(ExitCode.OK);
    assertTrue(changed.err().contains("Giving up the unfinished run"), changed.err());
    assertFalse(changed.err().contains("going on"), changed.err());
    assertNotEquals(fingerprint(output), fingerprint(other));
  }

  @Test
  void aFinishedRunIsReplacedOnRequestAndOnlyByAFinishedOne() throws IOException {
    run().exits(ExitCode.OK);
    refusesWithoutATrace(ExitCode.BAD_INPUT, List.of("--seed", 1), "finished here", "--overwrite");
    String first = fingerprint(output);
    Object[] again = command(output, "--seed", 1, "--overwrite");
    Run.interruptedAt("epoch 1.000", again).exits(ExitCode.INTERRUPTED);
    assertEquals(first, fingerprint(output));
    Run resumed = Run.of(again).exits(ExitCode.OK);
    assertTrue(resumed.err().contains("going on from step 6"), resumed.err());
    assertNotEquals(first, fingerprint(output));
    assertEquals(
        1, Run.json(Files.readString(output.resolve("results.json"))).get("seed").intValue());
  }

  @Test
  void aTaskWithScoresIsLearntToo() throws IOException {
    Path pairs = DemoFiles.similarities(folder, 24, 8);
    Run run =
        Run.of(
                "finetune",
                model,
                "--task",
                "STS-B",
                "--data",
                pairs,
                "--output",
                output,
                "--train-batch-size",
                8,
                "--epochs",
                1,
                "--json")
            .exits(ExitCode.OK);
    JsonNode metrics = run.json().get("metrics");
    assertTrue(metrics.has("pearson") && metrics.has("spearman"), metrics.toString());
    assertEquals(
        List.of(new TaskHead.Regression("sts", 0, 5)),
        Checkpoint.read(output.resolve("model")).heads());
  }

  @Test
  void aTensorFlowArchiveIsAStartLikeItsImport() throws IOException {
    run("--limit", 8, "--epochs", 1).exits(ExitCode.OK);
    Path imported = output;
    output = folder.resolve("from-zip");
    model = folder.resolve("electra_demo.zip");
    Run run = run("--limit", 8, "--epochs", 1).exits(ExitCode.OK);
    assertTrue(run.out().contains("PARTIAL"), run.out());
    assertEquals(fingerprint(imported), fingerprint(output));
  }

  @Test
  void aLossThatIsNoNumberIsAFailureThatLeavesNoState() throws IOException {
    Path good = model;
    model = overflowing();
    Run run =
        run().refuses(ExitCode.FAILURE, "Training diverged at step", "Lower the learning rate");
    assertTrue(run.err().contains("log.csv"), run.err());
    try (var left = Files.list(output)) {
      assertEquals(List.of("log.csv"), left.map(path -> path.getFileName().toString()).toList());
    }
    model = good;
    run("--epochs", 1).exits(ExitCode.OK);
  }

  /** The model with finite weights that overflow as soon as they are multiplied. */
  private Path overflowing() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(model);
    Map<String, INDArray> weights = checkpoint.weights().copy();
    weights.get("electra/embeddings/LayerNorm/gamma").assign(3e38);
    Path folderOfIt = folder.resolve("overflowing");
    checkpoint.withWeights(checkpoint.weights().with(weights)).write(folderOfIt, false);
    return folderOfIt;
  }

  @Test
  void badDataIsNamedByFileAndLine() throws IOException {
    Path train = glue.resolve("SST-2/train.tsv");
    String good = Files.readString(train);
    Files.writeString(train, good.replaceFirst("\n[^\t]*\t", "\n"));
    refusesWithoutATrace(3, List.of(), "train.tsv", "line 2");
    Files.writeString(train, good + "the film was odd.\t2\n");
    refusesWithoutATrace(3, List.of(), "train.tsv", "line 42", "\"2\"");
    Files.write(train, new byte[] {'s', '\t', 'l', '\n', (byte) 0xff, '\t', '1', '\n'});
    refusesWithoutATrace(3, List.of(), "train.tsv", "line 2", "UTF-8");
    Files.delete(train);
    refusesWithoutATrace(3, List.of(), "train.tsv");
    Files.writeString(train, good);
    Files.delete(glue.resolve("SST-2/dev.tsv"));
    refusesWithoutATrace(3, List.of(), "dev.tsv");
  }

  @Test
  void aBadModelIsNamed() throws IOException {
    Path good = model;
    model = folder.resolve("nowhere");
    refusesWithoutATrace(3, List.of(), "nowhere does not exist");
    model = glue;
    refusesWithoutATrace(3, List.of(), "holds no TensorFlow checkpoint");
    model = good;
    Files.delete(model.resolve("vocab.txt"));
    Files.delete(model.resolve("tokenizer_config.json"));
    refusesWithoutATrace(3, List.of(), "model: this model has no vocabulary");
    Files.writeString(model.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n");
    Files.writeString(model.resolve("tokenizer_config.json"), "{\"do_lower_case\": true}");
    refusesWithoutATrace(3, List.of(), "vocab.txt has no piece \"[SEP]\"");
    Files.writeString(model.resolve("vocab.txt"), "x\n".repeat(65));
    refusesWithoutATrace(3, List.of(), "65 pieces", "64 rows");
  }

  @Test
  void valuesThatCannotBeUsedAreWrongUsage() throws IOException {
    refusesWithoutATrace(2, List.of("--save-steps", 0), "--save-steps is 0");
    refusesWithoutATrace(2, List.of("--limit", 0), "--limit is 0");
    refusesWithoutATrace(2, List.of("--epochs", 0), "--epochs is 0.0");
    refusesWithoutATrace(2, List.of("--max-seq-length", 65), "reads at most 64 tokens");
    refusesWithoutATrace(2, List.of("--max-seq-length", 3), "--max-seq-length is 3");
    refusesWithoutATrace(2, List.of("--dropout", 1), "--dropout is 1.0");
    refusesWithoutATrace(2, List.of("--task", "sts2"), "Unknown task \"sts2\"", "\"sts\"");
    refusesWithoutATrace(2, List.of("--task", "ax"), "Task ax has no split \"train\"");
  }

  @Test
  void anOutputThatIsAFileIsRefusedBeforeAnyWork() throws IOException {
    output = Files.writeString(folder.resolve("file"), "mine").resolve("run");
    refusesWithoutATrace(3, List.of(), "file is not a folder");
    output = folder.resolve("file");
    refusesWithoutATrace(3, List.of(), "file is not a folder");
  }
}
