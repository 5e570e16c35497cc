package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From text to a pre-trained model. */
class PretrainCommandTest {
  private static final List<String> PIECES =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sat", "on", "a", "mat");
  private static final String HPARAMS =
      """
      {"model_hparam_overrides": {"hidden_size": 32, "num_hidden_layers": 1,
       "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 32},
       "embedding_size": 16, "generator_hidden_size": 0.5, "num_warmup_steps": 4, "max_seq_length": 32}""";

  @TempDir private Path folder;
  private Path vocabulary;
  private Path examples;
  private Path hparams;

  @BeforeEach
  void prepareExamples() throws IOException {
    vocabulary = Files.write(folder.resolve("vocab.txt"), PIECES);
    hparams = Files.writeString(folder.resolve("hparams.json"), HPARAMS);
    examples = folder.resolve("examples");
    Random random = new Random(2);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 300; line++) {
      for (int word = 3 + random.nextInt(6); word >= 0; word--) {
        text.append(PIECES.get(5 + random.nextInt(6))).append(' ');
      }
      text.append(line % 10 == 9 ? "\n\n" : "\n");
    }
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), text);
    Run.of(
            "prepare",
            corpus,
            "--vocab",
            vocabulary,
            "--output",
            examples,
            "--max-seq-length",
            32,
            "--shards",
            1)
        .exits(ExitCode.OK);
  }

  private Object[] arguments(String output) {
    return new Object[] {
      "pretrain",
      examples,
      "--vocab",
      vocabulary,
      "--output",
      folder.resolve(output),
      "--hparams",
      hparams,
      "--steps",
      12,
      "--batch",
      6,
      "--micro-batch",
      4,
      "--save-steps",
      5,
      "--eval",
      examples,
      "--eval-steps",
      6,
      "--eval-examples",
      20
    };
  }

  @Test
  void aModelIsTrainedLoggedAndUsable() throws IOException {
    Run run = Run.of(arguments("run")).exits(ExitCode.OK);
    assertTrue(run.err().contains("learning.batchSize: 6 (128)"), run.err());
    assertTrue(run.err().contains("step 12  held out"), run.err());
    Path output = folder.resolve("run");
    assertEquals(13, Files.readAllLines(output.resolve("train.csv")).size());
    assertEquals(3, Files.readAllLines(output.resolve("eval.csv")).size());
    assertTrue(Files.exists(output.resolve("report.html")));
    Checkpoint model = Checkpoint.read(output.resolve("model"));
    assertTrue(model.config().generator().isPresent() && model.text().isPresent());
    Run.of(arguments("run")).refuses(ExitCode.BAD_INPUT, "finished here");
  }

  @Test
  void anInterruptedRunGoesOnToTheSameModel() throws IOException {
    Run.of(arguments("whole")).exits(ExitCode.OK);
    Run stopped =
        Run.interruptedAt("step 6  held out", arguments("cut")).exits(ExitCode.INTERRUPTED);
    assertTrue(stopped.err().contains("Stopped at step"), stopped.err());
    Run.of(arguments("cut")).exits(ExitCode.OK);
    assertEquals(
        -1,
        Files.mismatch(
            folder.resolve("whole/model/model.safetensors"),
            folder.resolve("cut/model/model.safetensors")));
    assertEquals(13, Files.readAllLines(folder.resolve("cut/train.csv")).size());
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    Run.of(
            "pretrain",
            examples,
            "--vocab",
            vocabulary,
            "--output",
            folder.resolve("x"),
            "--objective",
            "bert")
        .refuses(ExitCode.USAGE, "There is no objective bert");
    Run.of(
            "pretrain",
            examples,
            "--vocab",
            vocabulary,
            "--output",
            folder.resolve("x"),
            "--preset",
            "huge")
        .refuses(ExitCode.USAGE, "There is no preset huge");
    Run.of(
            "pretrain",
            examples,
            "--vocab",
            vocabulary,
            "--output",
            folder.resolve("x"),
            "--then",
            examples)
        .refuses(ExitCode.USAGE, "--then-from");
  }

  @Test
  void operationsAreThoseOfThePaper() {
    Run run = Run.of("flops", "small").exits(ExitCode.OK);
    assertTrue(run.lines().get(2).matches("total +1\\.294e\\+18"), run.out());
    Run.of("flops", "huge").refuses(ExitCode.USAGE, "small, base or large");
  }
}
