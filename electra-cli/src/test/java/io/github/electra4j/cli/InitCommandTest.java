package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path folder;
  private Path vocabulary;
  private Path output;

  @BeforeEach
  void writeVocabulary() throws IOException {
    vocabulary = folder.resolve("vocab.txt");
    Files.write(vocabulary, DemoReviews.vocabulary());
    output = folder.resolve("model");
  }

  @Test
  void aTinyModelIsMadeFromAVocabulary() throws IOException {
    Run run = Run.of("init", output, "--vocab", vocabulary).exits(ExitCode.OK);
    assertEquals("", run.out());
    assertTrue(run.err().contains("64 pieces, random weights of seed 0"), run.err());
    Checkpoint model = Checkpoint.read(output);
    assertEquals(ElectraConfig.tiny(64), model.config());
    assertTrue(model.text().orElseThrow().lowerCase());
    assertEquals(Files.readString(vocabulary), Files.readString(output.resolve("vocab.txt")));
  }

  @Test
  void theSeedDecidesTheWeights() throws IOException {
    Path again = folder.resolve("again");
    Path other = folder.resolve("other");
    Run.of("init", output, "--vocab", vocabulary, "--seed", 3).exits(ExitCode.OK);
    Run.of("init", again, "--vocab", vocabulary, "--seed", 3).exits(ExitCode.OK);
    Run.of("init", other, "--vocab", vocabulary, "--seed", 4, "--cased").exits(ExitCode.OK);
    assertEquals(DemoFiles.snapshot(output), DemoFiles.snapshot(again));
    assertNotEquals(
        WeightFingerprint.of(Checkpoint.read(output).weights()),
        WeightFingerprint.of(Checkpoint.read(other).weights()));
    assertFalse(Checkpoint.read(other).text().orElseThrow().lowerCase());
  }

  @Test
  void presetsAreTheOnesOfTheModel() throws IOException {
    Run.of("init", output, "--vocab", vocabulary, "--preset", "small").exits(ExitCode.OK);
    assertEquals(ElectraConfig.small().withVocabSize(64), Checkpoint.read(output).config());
    Run.of("init", output, "--vocab", vocabulary, "--preset", "huge")
        .refuses(ExitCode.USAGE, "--preset", "tiny, small, smallplusplus, base, large");
  }

  @Test
  void whatIsThereIsReplacedOnlyOnRequest() throws IOException {
    Run.of("init", output, "--vocab", vocabulary).exits(ExitCode.OK);
    var before = DemoFiles.snapshot(folder);
    Run.of("init", output, "--vocab", vocabulary, "--seed", 1)
        .refuses(ExitCode.BAD_INPUT, "--overwrite");
    assertEquals(before, DemoFiles.snapshot(folder));
    Run.of("init", output, "--vocab", vocabulary, "--seed", 1, "--overwrite").exits(ExitCode.OK);
    assertNotEquals(before, DemoFiles.snapshot(folder));
  }

  @Test
  void aVocabularyWithoutSpecialTokensIsRefused() throws IOException {
    Files.writeString(vocabulary, "[PAD]\n[UNK]\n[CLS]\nword\n");
    Run.of("init", output, "--vocab", vocabulary).refuses(ExitCode.BAD_INPUT, "[SEP]");
    assertFalse(Files.exists(output));
    Run.of("init", output, "--vocab", folder).refuses(ExitCode.BAD_INPUT, "is a folder");
    Run.of("init", output, "--vocab", folder.resolve("none")).refuses(ExitCode.BAD_INPUT, "none");
  }
}
