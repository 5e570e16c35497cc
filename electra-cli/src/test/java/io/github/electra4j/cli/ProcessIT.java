package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.cli.ElectraProcess.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process shows: its exit code, what its libraries print, signals, encodings. */
class ProcessIT {
  /** Everything that fine-tuning says. */
  private static final Pattern FINETUNE_TALK =
      Pattern.compile(
          "sst: \\d+ examples, \\d+ steps(, going on from step \\d+)?"
              + "|Settings: .*"
              + "|sst \\d+/\\d+ .*"
              + "|epoch .*"
              + "|This run is degenerate: .*"
              + "|Model: .*"
              + "|Interrupted; saving the state \\.\\.\\."
              + "|Stopped at step .*");

  @TempDir Path folder;

  private Run run(Object... args) throws IOException, InterruptedException {
    return ElectraProcess.run(folder, Surroundings.usual(), args);
  }

  private static Object[] finetune(Path model, Path glue, Path output) {
    return new Object[] {
      "finetune",
      model,
      "--task",
      "sst",
      "--data",
      glue,
      "--output",
      output,
      "--json",
      "--epochs",
      4,
      "--train-batch-size",
      8
    };
  }

  @Test
  void helpVersionAndMistakesHaveTheirExitCodes() throws IOException, InterruptedException {
    Run help = run("--help").exits(ExitCode.OK);
    assertEquals(Run.of("--help").out(), help.out());
    assertEquals("", help.err());
    run("--version").exits(ExitCode.OK);
    run("finetune", "--unknown").refuses(ExitCode.USAGE, "Try: electra finetune --help");
    run("inspect", folder.resolve("none")).refuses(ExitCode.BAD_INPUT, "none");
  }

  @Test
  void librariesPrintNothing() throws IOException, InterruptedException {
    Path zip = DemoFiles.zip(folder);
    Path model = folder.resolve("model");
    Run convert = run("convert", zip, model, "--json").exits(ExitCode.OK);
    assertEquals("", convert.err());
    assertEquals(81, convert.json().get("tensors").size());
    Path output = folder.resolve("run");
    Run finetune = run(finetune(model, DemoFiles.reviews(folder, 32, 8), output)).exits(0);
    assertEquals(8, finetune.json().get("examples").intValue());
    finetune.err().lines().forEach(line -> assertTrue(FINETUNE_TALK.matcher(line).matches(), line));
    Run verbose = run("predict", output, "--text", "the film was dull.", "--verbose").exits(0);
    assertTrue(verbose.err().contains("INFO"), verbose.err());
    Run predict = run("predict", output, "--text", "the film was dull.").exits(ExitCode.OK);
    assertTrue(predict.out().matches("[01]\t[01]\\.\\d{4}\n"), predict.out());
    assertEquals("", predict.err());
  }

  @Test
  void anInterruptedProcessSavesAndTheSameCommandEndsAsIfNothingHadHappened()
      throws IOException, InterruptedException {
    Path model = DemoFiles.model(folder);
    Path glue = DemoFiles.reviews(folder, 240, 8);
    Path whole = folder.resolve("whole");
    Path broken = folder.resolve("broken");
    run(finetune(model, glue, whole)).exits(ExitCode.OK);
    Run interrupted =
        ElectraProcess.start(
                folder, Surroundings.usual().withTerminal(60), finetune(model, glue, broken))
            .awaitTalk("\rsst ")
            .interrupt()
            .end()
            .exits(ExitCode.INTERRUPTED);
    assertEquals("", interrupted.out());
    assertTrue(interrupted.err().contains("the state is saved in"), interrupted.err());
    assertFalse(Files.exists(broken.resolve("model")));
    Run resumed = run(finetune(model, glue, broken)).exits(ExitCode.OK);
    assertTrue(resumed.err().contains("going on from step "), resumed.err());
    assertEquals(
        DemoFiles.snapshot(whole.resolve("model")), DemoFiles.snapshot(broken.resolve("model")));
  }

  @Test
  void whileARunTrainsNoOtherProcessDoesInItsFolder() throws IOException, InterruptedException {
    Path model = DemoFiles.model(folder);
    Path glue = DemoFiles.reviews(folder, 240, 8);
    Path output = folder.resolve("one");
    ElectraProcess training =
        ElectraProcess.start(
                folder, Surroundings.usual().withTerminal(60), finetune(model, glue, output))
            .awaitTalk("\rsst ");
    run(finetune(model, glue, output))
        .refuses(ExitCode.BAD_INPUT, "training: somebody is training here.");
    training.end().exits(ExitCode.OK);
    assertTrue(Files.exists(output.resolve("model")));
  }

  @Test
  void errorsAreColouredOnATerminalUnlessTheUserObjects() throws IOException, InterruptedException {
    Surroundings terminal = Surroundings.usual().withTerminal(80);
    Run coloured = ElectraProcess.run(folder, terminal, "inspect", "none").exits(3);
    assertTrue(coloured.err().startsWith("\u001b["), coloured.err());
    Run plain = ElectraProcess.run(folder, terminal.with("NO_COLOR", "1"), "inspect", "none");
    assertTrue(plain.exits(3).err().startsWith("error: "), plain.err());
  }

  @Test
  void textIsUtf8WhateverTheLocale() throws IOException, InterruptedException {
    Path vocabulary = folder.resolve("vocab.txt");
    Files.write(vocabulary, List.of("[UNK]", "[CLS]", "[SEP]", "köln", "東"));
    Surroundings foreign =
        Surroundings.usual()
            .withInput("Köln 東".getBytes(StandardCharsets.UTF_8))
            .with("LC_ALL", "C");
    Path model = vocabulary;
    Run run = ElectraProcess.run(folder, foreign, "tokenize", "--vocab", model, "--cased").exits(0);
    assertEquals("[CLS] [UNK] 東 [SEP]\n", run.out());
  }
}
