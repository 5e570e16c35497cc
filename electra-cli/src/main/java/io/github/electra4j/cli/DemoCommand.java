package io.github.electra4j.cli;

import io.github.electra4j.cli.demo.Contest;
import io.github.electra4j.cli.demo.Demo;
import io.github.electra4j.cli.demo.DemoPlan;
import io.github.electra4j.cli.demo.DemoTalk;
import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.FolderKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code electra demo}: from raw text to what pre-training brings, on a world of its own. */
@Command(
    name = "demo",
    header = "Show the whole way from raw text to fine-tuned models, in three minutes.",
    description = {
      "Invent a small world and tell of it, learn a vocabulary, pre-train a tiny ELECTRA, write it as",
      "a TensorFlow checkpoint and read it again, fine-tune it for three tasks, and compare with the",
      "same model from random weights. Ends with a table and an HTML report. Needs no network."
    },
    showDefaultValues = true)
@Examples({"electra demo", "electra demo --output my-demo --seed 2", "electra demo --quick"})
@OptionGroup(OptionGroup.OUTPUT)
final class DemoCommand implements Callable<Integer> {
  private static final FolderKind KIND =
      new FolderKind("a demo", Set.of(Demo.REPORT), name -> true);

  private final Console console;
  private final Interruption interruption;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = {"New folder for everything the demo makes.", "  Default: a temporary one"})
  private Path output;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed makes another world and other weights.")
  @OptionGroup(OptionGroup.OPTIMISATION)
  private long seed;

  @Option(
      names = "--quick",
      description = "Fewer steps, and one seed per task: to see the way, not how far it leads.")
  @OptionGroup(OptionGroup.OPTIMISATION)
  private boolean quick;

  DemoCommand(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = newFolder();
    DemoPlan plan = quick ? DemoPlan.quick(seed) : DemoPlan.full(seed);
    interruption.watch("clearing away what the demo has made");
    List<Contest> contests;
    try (AtomicFolder making = AtomicFolder.create(folder, KIND, false)) {
      contests = new Demo(plan, new Talk(console, interruption)).run(making.temporary());
      making.commit();
    } catch (CancellationException e) {
      console.say("The demo was stopped; nothing of it is left.");
      return ExitCode.INTERRUPTED;
    }
    console.say("");
    console.dataBlock(TextTable.of(Contest.table(contests)));
    console.say("");
    console.say("Curves, and sentences coloured by suspicion: " + folder.resolve(Demo.REPORT));
    console.say("Try next:");
    next(folder, Demo.oddSentence(seed)).forEach(line -> console.say("  " + line));
    return ExitCode.OK;
  }

  private Path newFolder() throws IOException {
    if (output == null) {
      Path name = Files.createTempDirectory("electra-demo");
      Files.delete(name); // it appears when the demo is complete
      return name;
    }
    if (Files.exists(output)) {
      throw new FileAlreadyExistsException(
          output.toString(), null, "the demo makes a new folder. Choose another name.");
    }
    return output;
  }

  private static List<String> next(Path folder, String odd) {
    return List.of(
        "./electra detect %s --text \"%s\"".formatted(folder.resolve("model"), odd),
        "./electra fill-mask %s --text \"the baker bakes a [MASK] .\""
            .formatted(folder.resolve("model")),
        "./electra predict %s --text \"%s\"".formatted(folder.resolve("plausibility"), odd),
        "./electra serve %s".formatted(folder.resolve("labels")),
        "./electra download small");
  }

  /** Shows how far the demo is, and ends it when somebody asks for its end. */
  private static final class Talk implements DemoTalk {
    private final Console console;
    private final Interruption interruption;
    private String work = "";
    private ProgressLine line;

    private Talk(Console console, Interruption interruption) {
      this.console = console;
      this.interruption = interruption;
    }

    @Override
    public void say(String text) {
      console.say(text);
    }

    @Override
    public void progress(String what, long done, long total, String details) {
      if (interruption.isRequested()) {
        throw new CancellationException("the demo is to end");
      }
      if (!what.equals(work)) {
        work = what;
        line = new ProgressLine(console, "   " + what, done - 1, total);
      }
      Objects.requireNonNull(line, "line").at(done, details);
    }
  }
}
