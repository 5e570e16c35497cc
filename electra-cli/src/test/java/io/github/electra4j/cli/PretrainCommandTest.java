package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.train.graph.PretrainObjective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Run.of(arguments("run")).refuses(ExitCode.BAD_INPUT, "made with other pieces than --vocab");
    Files.write(tiny.vocabulary(), before);
    Files.move(tiny.examples(), folder.resolve("elsewhere"));
    tiny = tiny.withExamples(folder.resolve("elsewhere"));
    Run.of(arguments("run")).exits(ExitCode.OK);
  }

  @Test
  void longerExamplesMayFollow() throws IOException {
    Path longer = tiny.prepare("longer", 5, 32);
    Path shorter = tiny.prepare("shorter", 4, 16);
    Run.of(tiny.withExamples(shorter).pretrain("x", "--steps", 1, "--batch", 6))
        .refuses(ExitCode.USAGE, "has max_seq_length 32", "shorter have 16 tokens");
    TinyPretraining phases = tiny.withExamples(shorter).withLength(16);
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
  @ValueSource(
      strings = {"electra-masked-only", "electric", "mlm", "replace-mlm", "all-tokens-mlm"})
  void everyObjectiveHasItsModel(String objective) throws IOException {
    Object[] options = {"--steps", 4, "--batch", 6, "--objective", objective};
    Run run = Run.of(tiny.pretrain(objective, options)).exits(ExitCode.OK);
    assertTrue(run.err().contains("learning.objective.kind: "), run.err());
    Checkpoint model = Checkpoint.read(folder.resolve(objective + "/model"));
    PretrainObjective.Kind kind = PretrainObjective.Kind.named(objective).orElseThrow();
    assertEquals(kind.detects(), model.config().discriminatorHead());
    assertEquals(kind.vocabularyHead(), model.config().vocabularyHead());
    if (kind != PretrainObjective.Kind.MLM) {
      assertEquals(16, model.config().generator().orElseThrow().encoder().hiddenSize());
    }
  }

  @Test
  void aWeightThatIsGivenStaysWithAnotherObjective() throws IOException {
    Object[] options = {"--steps", 1, "--batch", 6, "--objective", "replace-mlm"};
    Run usual = Run.of(tiny.pretrain("usual", options)).exits(ExitCode.OK);
    assertTrue(usual.err().contains("discriminatorWeight: 1.0 (50.0)"), usual.err());
    Run given = Run.of(tiny.withSettings("\"disc_weight\": 7").pretrain("given", options));
    assertTrue(
        given.exits(ExitCode.OK).err().contains("discriminatorWeight: 7.0 (50.0)"), given.err());
  }

  @Test
  void theExamplesTellTheirVocabulary() throws IOException {
    Object[] command = {
      "pretrain", tiny.examples(), "--hparams", tiny.hparams(), "--steps", 2, "--batch", 6
    };
    Run.of(with(command, "--output", folder.resolve("run"))).exits(ExitCode.OK);
    Optional<TextSettings> model = Checkpoint.read(folder.resolve("run/model")).text();
    assertEquals(11, model.orElseThrow().pieces());
    Path kept = folder.resolve("kept");
    Run.of(
            "prepare",
            folder.resolve("examples.txt"),
            "--vocab",
            tiny.vocabulary(),
            "--output",
            kept,
            "--no-strip-accents",
            "--max-seq-length",
            32)
        .exits(ExitCode.OK);
    Object[] out = {"--output", folder.resolve("x")};
    Run.of(with(with(command, "--eval", kept), out))
        .refuses(ExitCode.BAD_INPUT, "kept", "accents treated otherwise");
    for (String several : List.of("%s,%s", "%s, %s/pretrain_data.tfrecord*")) {
      command[1] = several.formatted(tiny.examples(), kept);
      Run.of(with(command, out))
          .refuses(ExitCode.BAD_INPUT, "kept: ", "otherwise than " + tiny.examples() + ".");
      command[1] = tiny.examples();
      Run.of(with(with(command, "--then", several.formatted(kept, kept), "--then-from", 1), out))
          .refuses(ExitCode.BAD_INPUT, "kept: ", "accents treated otherwise");
    }
    command[1] = tiny.examples() + "," + tiny.prepare("others", 7, 32);
    Run.of(with(command, "--output", folder.resolve("both"))).exits(ExitCode.OK);
    assertEquals(model, Checkpoint.read(folder.resolve("both/model")).text());
    command[1] = kept;
    Run.of(with(command, "--output", folder.resolve("accents"))).exits(ExitCode.OK);
    assertEquals(
        Optional.of(false),
        Checkpoint.read(folder.resolve("accents/model")).text().orElseThrow().stripAccents());
    Run.of(with(with(command, "--cased"), out)).refuses(ExitCode.BAD_INPUT, "lower-case text");
    Run.of(with(with(command, "--strip-accents"), out))
        .refuses(ExitCode.BAD_INPUT, "kept: ", "accents kept. Leave --strip-accents out.");
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    String shard = "pretrain_data.tfrecord-0-of-1";
    Files.copy(tiny.examples().resolve(shard), foreign.resolve(shard));
    command[1] = foreign;
    Run.of(with(command, out)).refuses(ExitCode.USAGE, "name it with --vocab");
    Object[] original = with(command, "--vocab", tiny.vocabulary(), "--no-strip-accents");
    Run.of(with(original, "--eval", kept, "--output", folder.resolve("original")))
        .exits(ExitCode.OK);
    assertEquals(
        Checkpoint.read(folder.resolve("accents/model")).text(),
        Checkpoint.read(folder.resolve("original/model")).text());
    Run.of(with(with(original, "--eval", tiny.examples()), out))
        .refuses(ExitCode.BAD_INPUT, "accents treated otherwise");
    Path few =
        Files.write(folder.resolve("few.txt"), Files.readAllLines(tiny.vocabulary()).subList(0, 7));
    Run.of(with(with(command, "--vocab", few), out))
        .refuses(ExitCode.BAD_INPUT, "has the token", "has 7 pieces");
  }

  private static Object[] with(Object[] command, Object... more) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void aFinishedRunGetsMoreStepsWithItsMoments() throws IOException {
    Object[] short12 = {"--steps", 12, "--batch", 6, "--save-steps", 6};
    Run.of(tiny.pretrain("run", short12)).exits(ExitCode.OK);
    Path state = folder.resolve("run/training/step-00000012");
    Object[] more = {"--steps", 20, "--batch", 6, "--init", state};
    Run longer = Run.of(tiny.pretrain("more", with(more, "--keep-step"))).exits(ExitCode.OK);
    assertTrue(longer.err().contains(" 0 new, 0 left out; moments of "), longer.err());
    assertTrue(longer.err().contains("as after step 12"), longer.err());
    List<String> rows = Files.readAllLines(folder.resolve("more/train.csv"));
    assertEquals(9, rows.size());
    assertTrue(rows.get(1).startsWith("13,"), rows.get(1));
    Object[] then = with(more, "--keep-step", "--then", tiny.examples(), "--then-from", 12);
    Run.of(tiny.pretrain("none", then))
        .refuses(ExitCode.USAGE, "goes on from step 12, but --then-from is 12", "never be read");
    then[then.length - 1] = 13;
    Run.of(tiny.pretrain("phases", then)).exits(ExitCode.OK);
    Run anew = Run.of(tiny.pretrain("anew", more)).exits(ExitCode.OK);
    assertTrue(anew.err().contains("moments of "), anew.err());
    assertEquals(21, Files.readAllLines(folder.resolve("anew/train.csv")).size());
    more[5] = folder.resolve("run/model");
    Run.of(tiny.pretrain("none", with(more, "--keep-step")))
        .refuses(ExitCode.BAD_INPUT, "no state of an optimizer");
    more[1] = 12;
    more[5] = state;
    Run.of(tiny.pretrain("none", with(more, "--keep-step")))
        .refuses(ExitCode.USAGE, "cannot go on from step 12");
  }

  @Test
  void aModelToStartFromGivesItsArchitecture() throws IOException {
    Run.of(tiny.pretrain("first", "--steps", 2, "--batch", 6)).exits(ExitCode.OK);
    Path first = folder.resolve("first");
    Object[] command = {"pretrain", tiny.examples(), "--init", first, "--steps", 2, "--batch", 6};
    Run run = Run.of(with(command, "--output", folder.resolve("second"))).exits(ExitCode.OK);
    assertTrue(run.err().contains(" 0 new, 0 left out"), run.err());
    assertTrue(run.err().contains("differ from the preset small:"), run.err());
    assertTrue(run.err().contains("model.encoder.hiddenSize: 32 (256)"), run.err());
    Run.of(with(command, "--preset", "base", "--output", folder.resolve("x")))
        .refuses(ExitCode.USAGE, "1 layers of width 32", "12 layers of width 768", "no layer fits");
    List<String> pieces = new ArrayList<>(Files.readAllLines(tiny.vocabulary()));
    Collections.swap(pieces, 5, 6);
    Files.write(tiny.vocabulary(), pieces);
    command[1] = tiny.prepare("swapped", 2, 32);
    Run other = Run.of(with(command, "--output", folder.resolve("third"))).exits(ExitCode.OK);
    assertTrue(other.err().contains("differs in 2 of 11 pieces"), other.err());
    pieces.add("dog");
    Files.write(tiny.vocabulary(), pieces);
    command[1] = tiny.prepare("more", 2, 32);
    Run.of(with(command, "--output", folder.resolve("x")))
        .refuses(ExitCode.BAD_INPUT, "first: it has embeddings of 11 pieces", "more has 12");
  }

  @Test
  void settingsThatSayNothingHereAreNamed() {
    Run.of(tiny.pretrain("x", "--preset", "small"))
        .refuses(ExitCode.USAGE, "--preset and --hparams");
    Object[] command = {"pretrain", tiny.examples(), "--output", folder.resolve("x"), "--hparams"};
    Run.of(with(command, "{\"do_train\": false}")).refuses(ExitCode.BAD_INPUT, "do_train");
    Run.of(with(command, "{\"save_checkpoints_steps\": 1, \"objective\": \"bert\"}"))
        .refuses(ExitCode.BAD_INPUT, "objective");
    Run said =
        Run.of(
            with(
                command,
                "{\"save_checkpoints_steps\": 1, \"keep_checkpoint_max\": 2}",
                "--then",
                tiny.examples(),
                "--then-from",
                9,
                "--steps",
                3));
    said.refuses(ExitCode.USAGE, "cannot begin after step 9");
    assertTrue(
        said.err().contains("rhythm: save_checkpoints_steps, keep_checkpoint_max."), said.err());
    assertTrue(said.err().contains("warm-up of 10,000 of 3 steps"), said.err());
  }

  @Test
  void aRunThatNeverSavedDoesNotBlockItsFolder() throws IOException {
    Path state = Files.createDirectories(folder.resolve("run/training"));
    Files.writeString(state.resolve("run.json"), "{\"learning.learningRate\": \"7\"}");
    Run.of(tiny.pretrain("run", "--steps", 2, "--batch", 6)).exits(ExitCode.OK);
    assertTrue(Files.readString(state.resolve("run.json")).contains("learning.totalSteps"));
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
    Run.of("pretrain", tiny.examples(), "--output", folder.resolve("x"), "--preset", "huge")
        .refuses(ExitCode.USAGE, "There is no preset huge", "small, base or large");
    Run.of("pretrain", folder.resolve("e"), "--output", folder.resolve("x"))
        .refuses(ExitCode.BAD_INPUT, folder.resolve("e").toString());
    Run.of(tiny.pretrain("x", "--then", tiny.examples())).refuses(ExitCode.USAGE, "--then-from");
  }

  @Test
  void operationsAreThoseOfTheAuthors() {
    String help = Run.of("flops", "--help").out();
    assertTrue(help.contains("the authors' script; the paper"), help);
    Run run = Run.of("flops", "small").exits(ExitCode.OK);
    assertTrue(run.lines().get(2).matches("total +1\\.294e\\+18"), run.out());
    Run tiny = Run.of("flops", "small", "--measure", "--batch", 1, "--max-seq-length", 16);
    assertTrue(tiny.exits(ExitCode.OK).out().contains("utilisation"), tiny.out());
    Run.of("flops", "small", "--measure", "--max-seq-length", 1024)
        .refuses(ExitCode.USAGE, "--max-seq-length is 1024", "to the 512 positions of the model");
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
