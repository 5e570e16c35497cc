package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.train.graph.PretrainObjective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** From text to a pre-trained model. */
class PretrainCommandTest {
  @TempDir private Path folder;
  private TinyPretraining tiny;

  @BeforeEach
  void prepareExamples() throws IOException {
    tiny = TinyPretraining.in(folder);
  }

  private Object[] arguments(String output, Object... more) {
    List<Object> options =
        new ArrayList<>(
            List.of("--steps", 12, "--batch", 6, "--micro-batch", 4, "--save-steps", 5));
    options.addAll(List.of("--eval", tiny.examples(), "--eval-steps", 6, "--eval-examples", 20));
    options.addAll(List.of(more));
    return tiny.pretrain(output, options.toArray());
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
  void otherDataVocabularyOrSettingsAreRefusedAndNamed() throws IOException {
    Run.interruptedAt("step 6  held out", arguments("run")).exits(ExitCode.INTERRUPTED);
    Run.of(arguments("run", "--learning-rate", 1e-3))
        .refuses(ExitCode.BAD_INPUT, "learning.learningRate was 5.0E-4, is now 0.001");
    Run.of(arguments("run", "--objective", "replace-mlm"))
        .refuses(ExitCode.BAD_INPUT, "learning.objective.kind was ELECTRA, is now REPLACE_MLM");
    Path moved = Files.move(tiny.examples(), folder.resolve("moved"));
    Path other = tiny.prepare("examples", 3, 32);
    Run.of(arguments("run")).refuses(ExitCode.BAD_INPUT, "  data was ", " examples of 32 tokens, ");
    List<String> pieces = new ArrayList<>(Files.readAllLines(tiny.vocabulary()));
    Collections.swap(pieces, 5, 6);
    byte[] before = Files.readAllBytes(tiny.vocabulary());
    Files.move(other, folder.resolve("other"));
    Files.move(moved, tiny.examples());
    Files.write(tiny.vocabulary(), pieces);
    Run.of(arguments("run"))
        .refuses(ExitCode.BAD_INPUT, "  vocabulary was 11 pieces for lower-case text, ");
    Files.write(tiny.vocabulary(), before);
    Files.move(tiny.examples(), folder.resolve("elsewhere"));
    TinyPretraining elsewhere =
        new TinyPretraining(folder, tiny.vocabulary(), folder.resolve("elsewhere"), tiny.hparams());
    tiny = elsewhere;
    Run.of(arguments("run")).exits(ExitCode.OK);
  }

  @Test
  void longerExamplesMayFollow() throws IOException {
    Path longer = tiny.prepare("longer", 5, 32);
    Path shorter = tiny.prepare("shorter", 4, 16);
    TinyPretraining phases =
        new TinyPretraining(folder, tiny.vocabulary(), shorter, tiny.hparams());
    Object[] options = {
      "--steps",
      12,
      "--batch",
      6,
      "--save-steps",
      4,
      "--keep",
      2,
      "--then",
      longer,
      "--then-from",
      8
    };
    Run.of(phases.pretrain("whole", options)).exits(ExitCode.OK);
    try (Stream<Path> states = Files.list(folder.resolve("whole/training"))) {
      assertEquals(3, states.count(), "run.json and two states");
    }
    List<Object> other = new ArrayList<>(List.of(options));
    other.set(other.size() - 1, 7);
    Run.of(phases.pretrain("whole2", other.toArray())).exits(ExitCode.OK);
    Path weights = Path.of("model/model.safetensors");
    assertTrue(
        Files.mismatch(
                folder.resolve("whole").resolve(weights), folder.resolve("whole2").resolve(weights))
            >= 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"electra-masked-only", "mlm", "replace-mlm", "all-tokens-mlm"})
  void everyObjectiveHasItsModel(String objective) throws IOException {
    Object[] options = {"--steps", 4, "--batch", 6, "--objective", objective};
    Run run = Run.of(tiny.pretrain(objective, options)).exits(ExitCode.OK);
    assertTrue(run.err().contains("learning.objective.kind: "), run.err());
    Checkpoint model = Checkpoint.read(folder.resolve(objective + "/model"));
    PretrainObjective.Kind kind = PretrainObjective.Kind.named(objective).orElseThrow();
    assertEquals(kind.detects(), model.config().discriminatorHead());
    assertEquals(kind.vocabularyHead(), model.config().vocabularyHead());
  }

  @Test
  void aModelIsGoneOnFromAndWhatWasTakenIsSaid() {
    Run.of(tiny.pretrain("first", "--steps", 2, "--batch", 6, "--objective", "mlm"))
        .exits(ExitCode.OK);
    Object[] options = {
      "--steps",
      2,
      "--batch",
      6,
      "--init",
      folder.resolve("first/model"),
      "--disentangled-embeddings"
    };
    Run run = Run.of(tiny.pretrain("second", options)).exits(ExitCode.OK);
    assertTrue(run.err().contains("  new: discriminator_predictions/, 4 tensors"), run.err());
    assertTrue(run.err().contains("disentangledEmbeddings: true (false)"), run.err());
  }

  @Test
  void theTrainedGeneratorGoesOutToTensorFlowAndHuggingFace() throws IOException {
    Run.of(tiny.pretrain("run", "--steps", 3, "--batch", 6)).exits(ExitCode.OK);
    Map<String, INDArray> trained = Checkpoint.read(folder.resolve("run/model")).weights().arrays();
    assertTrue(trained.containsKey("generator_predictions/output_bias"));
    for (String form : List.of("tensorflow", "huggingface")) {
      Path out = folder.resolve(form);
      Run.of("convert", folder.resolve("run"), out, "--to", form).exits(ExitCode.OK);
      Path back = folder.resolve(form + "-back");
      List<Object> command = new ArrayList<>(List.of("convert", out, back));
      if (form.equals("tensorflow")) {
        command.addAll(List.of("--attention-heads", 2));
      }
      Run.of(command.toArray()).exits(ExitCode.OK);
      assertEquals(trained, Checkpoint.read(back).weights().arrays(), form);
    }
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    Run.of(tiny.pretrain("x", "--objective", "bert"))
        .refuses(ExitCode.USAGE, "There is no objective bert", "all-tokens-mlm");
    Run.of("pretrain", "e", "--vocab", tiny.vocabulary(), "--output", "x", "--preset", "huge")
        .exits(ExitCode.BAD_INPUT);
    Run.of(tiny.pretrain("x", "--then", tiny.examples())).refuses(ExitCode.USAGE, "--then-from");
  }

  @Test
  void operationsAreThoseOfThePaper() {
    Run run = Run.of("flops", "small").exits(ExitCode.OK);
    assertTrue(run.lines().get(2).matches("total +1\\.294e\\+18"), run.out());
    Run tiny = Run.of("flops", "small", "--measure", "--batch", 1, "--max-seq-length", 16);
    assertTrue(tiny.exits(ExitCode.OK).out().contains("utilisation"), tiny.out());
    Run.of("flops", "huge").refuses(ExitCode.USAGE, "small, base or large");
    Run.of("flops").refuses(ExitCode.USAGE, "Name a preset or pass --hparams");
    Run.of("flops", "small", "--hparams", "{}").refuses(ExitCode.USAGE, "one of both");
  }

  @Test
  void theOperationsOfAnObjectiveAreThoseOfItsNetworks() {
    String settings =
        """
        {"model_size": "small", "vocab_size": 8000, "embedding_size": 128, "max_seq_length": 64,
         "generator_hidden_size": 1.0, "generator_layers": 0.5,
         "model_hparam_overrides": {"hidden_size": 128, "num_hidden_layers": 4,
           "num_attention_heads": 4, "intermediate_size": 512}}""";
    double layer = 64 * (2 * (4 * 128 * 128 + 2 * 128 * 512) + 4 * 64 * 128);
    double restored = 9 * 2 * 128 * (128 + 8000);
    double mlm = 3 * (4 * layer + restored);
    double electra = mlm + 3 * (2 * layer + 64 * 2 * 128 * 129);
    assertEquals(mlm, products("--hparams", settings, "--objective", "mlm"), 1e-3 * mlm);
    assertEquals(electra, products("--hparams", settings), 1e-3 * electra);
  }

  /** The matrix products of an update of one example. */
  private static double products(Object... args) {
    List<Object> command = new ArrayList<>(List.of("flops", "--batch", 1));
    command.addAll(List.of(args));
    String line = Run.of(command.toArray()).exits(ExitCode.OK).lines().get(4);
    assertTrue(line.startsWith("  products "), line);
    return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
  }
}
