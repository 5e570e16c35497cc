package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run takes from the model that it starts from. */
class PretrainInitTest {
  private static final String ALL = " 0 new, 0 left out";

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
    Object[] command = {
      "pretrain", examples, "--init", folder.resolve(model), "--output", folder.resolve(output)
    };
    return Run.of(with(with(command, "--steps", 2, "--batch", 6), more));
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
}
