package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.GeneratorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run takes from the model that it starts from. */
class PretrainInitTest {
  private static final String ALL = " 0 new, 0 left out";
  private static final String STATE = "first/training/step-00000002";

  @TempDir private Path folder;
  private TinyPretraining tiny;

  @BeforeEach
  void prepareExamples() throws IOException {
    tiny = TinyPretraining.in(folder);
  }

  /** Trains a little with {@code --hparams}. */
  private static Run hparams(TinyPretraining of, String output, Object... more) {
    return Run.of(of.pretrain(output, with(new Object[] {"--steps", 2, "--batch", 6}, more)));
  }

  /** Trains a little from a model and with its architecture. */
  private Run from(String model, Path examples, String output, Object... more) {
    return Run.of(command(model, examples, output, more));
  }

  private Object[] command(String model, Path examples, String output, Object... more) {
    Object[] command = {
      "pretrain", examples, "--init", folder.resolve(model), "--output", folder.resolve(output)
    };
    boolean longer = List.of(more).contains("--steps");
    Object[] steps = longer ? new Object[0] : new Object[] {"--steps", 2};
    return with(with(with(command, "--batch", 6), steps), more);
  }

  private static Object[] with(Object[] command, Object... more) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private Checkpoint model(String run) throws IOException {
    return Checkpoint.read(folder.resolve(run).resolve("model"));
  }

  @Test
  void aTableOfMoreRowsThanPiecesIsTakenWhole() throws IOException {
    Run padded = hparams(tiny.withSettings("\"vocab_size\": 16"), "padded").exits(ExitCode.OK);
    assertTrue(padded.err().contains("has 16 rows for 11 pieces"), padded.err());
    assertEquals(16, model("padded").config().vocabSize());
    Run more = from("padded", tiny.examples(), "more").exits(ExitCode.OK);
    assertTrue(more.err().contains(ALL) && !more.err().contains("differs in"), more.err());
    assertEquals(16, model("more").config().vocabSize());
    Run settings = hparams(tiny, "settings", "--init", folder.resolve("padded"));
    assertTrue(settings.exits(ExitCode.OK).err().contains(ALL), settings.err());
    hparams(tiny.withSettings("\"vocab_size\": 20"), "x", "--init", folder.resolve("padded"))
        .refuses(ExitCode.USAGE, "vocab_size 20", "embeddings of 16 pieces");
    hparams(tiny.withSettings("\"vocab_size\": 9"), "x")
        .refuses(ExitCode.USAGE, "vocab_size 9", "has 11 pieces");
  }

  @Test
  void fewerPiecesThanTheModelHasLeaveItsEmbeddings() throws IOException {
    Files.write(tiny.vocabulary(), List.of("dog", "ran"), StandardOpenOption.APPEND);
    Path many = tiny.prepare("many", 3, 32);
    hparams(tiny.withExamples(many), "first").exits(ExitCode.OK);
    Run fewer = from("first", tiny.examples(), "fewer").exits(ExitCode.OK);
    assertTrue(
        fewer.err().contains("differs in 2 of 13 pieces; their embeddings are taken"), fewer.err());
    assertTrue(fewer.err().contains(ALL), fewer.err());
    assertEquals(13, model("fewer").config().vocabSize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"electric_objective\": true",
        "\"untied_generator\": false",
        "\"uniform_generator\": true",
        "\"untied_generator_embeddings\": true",
        "\"electra_objective\": false",
        "\"objective\": \"replace-mlm\"",
        "\"objective\": \"all-tokens-mlm\""
      })
  void aStateGoesOnWithItsOwnNetworks(String settings) throws IOException {
    hparams(tiny.withSettings(settings), "first").exits(ExitCode.OK);
    Object[] more = {"--keep-step", "--steps", 4};
    Run run = from(STATE, tiny.examples(), "more", more).exits(ExitCode.OK);
    assertTrue(run.err().contains(ALL), run.err());
    assertTrue(
        run.err().contains("begins after step 2 of 4, where the learning rate is"), run.err());
    assertEquals(model("first").config(), model("more").config());
  }

  @Test
  void anObjectiveOfTheCommandLineChangesTheNetworks() throws IOException {
    hparams(tiny.withSettings("\"electric_objective\": true"), "first").exits(ExitCode.OK);
    Object[] electra = {"--objective", "electra"};
    Run run = from("first", tiny.examples(), "electra", electra).exits(ExitCode.OK);
    assertTrue(run.err().contains("  new: generator/, "), run.err());
    GeneratorConfig towers = model("first").config().generator().orElseThrow();
    assertEquals(
        new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, towers.encoder(), false),
        model("electra").config().generator().orElseThrow());
    Object[] kept = {"--keep-step", "--steps", 4};
    from(STATE, tiny.examples(), "x", with(electra, kept))
        .refuses(ExitCode.USAGE, "tensors to train, e.g. generator/", "Leave --keep-step out");
    Object[] mlm = {"--objective", "mlm"};
    from(STATE, tiny.examples(), "x", with(mlm, kept))
        .refuses(ExitCode.USAGE, "e.g. generator_predictions/", "Leave --keep-step out");
  }

  @Test
  void whatTheObjectiveDoesNotTrainMayBeLeftOut() throws IOException {
    hparams(tiny.withSettings("\"untied_generator\": false"), "first").exits(ExitCode.OK);
    Object[] mlm = {"--keep-step", "--steps", 4, "--objective", "mlm"};
    Run run = from(STATE, tiny.examples(), "mlm", mlm).exits(ExitCode.OK);
    assertTrue(run.err().contains(" 0 new, 4 left out"), run.err());
    assertFalse(model("mlm").config().discriminatorHead());
  }

  @Test
  void aDiscriminatorAloneGetsANewGenerator() throws IOException {
    hparams(tiny.withSettings("\"uniform_generator\": true"), "first").exits(ExitCode.OK);
    Run run = from("first", tiny.examples(), "second").exits(ExitCode.OK);
    assertTrue(
        run.err().contains("first has no generator; it gets a new one of width 8."), run.err());
    assertEquals(8, model("second").config().generator().orElseThrow().encoder().hiddenSize());
  }

  @Test
  void anUnfinishedRunSaysHowItGoesOn() throws IOException {
    Object[] long9 = {"--steps", 9, "--batch", 6, "--eval", tiny.examples(), "--eval-steps", 2};
    Run.interruptedAt("step 2  held out", tiny.pretrain("cut", long9)).exits(ExitCode.INTERRUPTED);
    String[] remedy = {"cut: ", "Repeat its pretrain command to go on; ", "/cut/training/step-0"};
    from("cut", tiny.examples(), "x").refuses(ExitCode.BAD_INPUT, remedy);
    Run.of("detect", folder.resolve("cut"), "--text", "the cat")
        .refuses(ExitCode.BAD_INPUT, remedy);
    for (String state : List.of("step-00000002", "step-00000003")) {
      DocsWorld.delete(folder.resolve("cut/training").resolve(state));
    }
    from("cut", tiny.examples(), "x")
        .refuses(ExitCode.BAD_INPUT, "not finished. Repeat its pretrain command to go on.");
    Files.writeString(folder.resolve("cut/training/run.json"), "{\"task\": \"sst\"}");
    from("cut", tiny.examples(), "x")
        .refuses(ExitCode.BAD_INPUT, "not finished. Repeat its finetune command to go on.");
  }

  @Test
  void examplesLongerThanTheModelReadsAreRefused() throws IOException {
    Path tooLong = tiny.prepare("long", 6, 48);
    String[] message = {"long have 48 tokens, but the model reads at most 32; prepare shorter"};
    hparams(tiny.withExamples(tooLong), "x").refuses(ExitCode.USAGE, message);
    hparams(tiny, "x", "--then", tooLong, "--then-from", 1)
        .refuses(ExitCode.USAGE, "have 48 tokens, but the model reads at most 32");
    hparams(tiny, "first").exits(ExitCode.OK);
    from("first", tooLong, "x").refuses(ExitCode.USAGE, message);
  }

  @Test
  void anInterruptedRunWithKeptStepGoesOnToTheSameModel() throws IOException {
    hparams(tiny, "first").exits(ExitCode.OK);
    Object[] more = {"--keep-step", "--steps", 9, "--eval", tiny.examples(), "--eval-steps", 4};
    from(STATE, tiny.examples(), "whole", more).exits(ExitCode.OK);
    Object[] cut = command(STATE, tiny.examples(), "cut", more);
    Run.interruptedAt("step 4  held out", cut).exits(ExitCode.INTERRUPTED);
    Run.of(cut).exits(ExitCode.OK);
    Path weights = Path.of("model/model.safetensors");
    assertEquals(
        -1,
        Files.mismatch(
            folder.resolve("whole").resolve(weights), folder.resolve("cut").resolve(weights)));
    List<String> rows = Files.readAllLines(folder.resolve("cut/train.csv"));
    assertEquals(8, rows.size());
    assertTrue(rows.get(1).startsWith("3,"), rows.get(1));
  }
}
