package io.github.electra4j.cli;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ConversionReport;
import io.github.electra4j.convert.ExportOptions;
import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.train.FineTuner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code electra demo}: from a TensorFlow checkpoint to a score, on data of its own. */
@Command(
    name = "demo",
    header = "Show the whole way from a TensorFlow checkpoint to a score, in a minute.",
    description = {
      "Import a TensorFlow checkpoint, fine-tune it, evaluate it, predict: on a tiny model and data",
      "that come with the program. Needs no network."
    },
    showDefaultValues = true)
@Examples({"electra demo", "electra demo --output my-demo", "electra demo --epochs 8"})
@OptionGroup(OptionGroup.OUTPUT)
final class DemoCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "demo/electra_demo.zip";
  private static final int TRAIN = 1600;
  private static final int DEV = 400;
  private static final long SAVE_STEPS = 1000;
  private static final List<String> UNSEEN =
      List.of(
          "the bread was not stale.", "what a rude singer!", "nobody called the garden charming.");

  private final Console console;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = {"New folder for everything the demo makes.", "  Default: a temporary one"})
  private Path output;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Passes over the data.")
  @OptionGroup(OptionGroup.OPTIMISATION)
  private double epochs;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    LearningArguments learning = learning();
    Path folder = newFolder();
    console.say("1. A TensorFlow checkpoint with random weights, as the original writes it");
    Path zip = folder.resolve("electra_demo.zip");
    try (InputStream in = DemoCommand.class.getResourceAsStream(CHECKPOINT)) {
      Files.copy(in, zip);
    }
    console.say("2. Import: electra convert electra_demo.zip model");
    Path model = folder.resolve("model");
    ConversionReport report =
        Conversion.from(zip).to(model, Conversion.Target.NATIVE, ExportOptions.standard());
    report.reasons().forEach(reason -> console.say("   " + reason));
    console.say("3. Data: %,d reviews to learn from, %,d to be judged".formatted(TRAIN, DEV));
    Path data = Files.createDirectories(folder.resolve("data").resolve("SST-2"));
    Files.writeString(data.resolve("train.tsv"), DemoReviews.toTsv(DemoReviews.examples(TRAIN, 1)));
    Files.writeString(data.resolve("dev.tsv"), DemoReviews.toTsv(DemoReviews.examples(DEV, 2)));
    console.say("4. Fine-tune: electra finetune model --task sst --data data --output run");
    FinetuneRun.Request request =
        new FinetuneRun.Request(
            () -> Lessons.named(List.of("sst"), data, Integer.MAX_VALUE, SpanSettings.defaults()),
            learning,
            Map.of("limit", "none"),
            false,
            FinetuneRun.Pace.usual(SAVE_STEPS),
            Optional.empty());
    EvalReport score = finetune(model, request, new RunFolder(folder.resolve("run")));
    predict(folder.resolve("run"));
    console.dataBlock(score.toTable());
    console.say("Everything is in " + folder);
    return ExitCode.OK;
  }

  /** The choices of learning, checked before anything is written. */
  private LearningArguments learning() {
    LearningArguments learning = new LearningArguments();
    new CommandLine(learning)
        .parseArgs("--learning-rate=5e-4", "--layerwise-decay=1", "--epochs=" + epochs);
    learning.config(ElectraConfig.tiny(1), Lesson.USUAL_EPOCHS, Lesson.USUAL_LENGTH);
    return learning;
  }

  private Path newFolder() throws IOException {
    if (output == null) {
      return Files.createTempDirectory("electra-demo");
    }
    if (Files.exists(output)) {
      throw new FileAlreadyExistsException(
          output.toString(), null, "the demo makes a new folder. Choose another name.");
    }
    return Files.createDirectories(output);
  }

  private EvalReport finetune(Path model, FinetuneRun.Request request, RunFolder run)
      throws IOException {
    FinetuneRun finetuning =
        FinetuneRun.prepare(() -> ModelSource.read(model, console), request, run, console);
    finetuning.announce();
    FineTuner.Result result = finetuning.train(() -> false);
    return finetuning.save(result).reports().get(0);
  }

  private void predict(Path run) throws IOException {
    console.say("5. Predict: electra predict run --text ...");
    ModelSource source = ModelSource.read(run, console);
    for (String text : UNSEEN) {
      boolean praise = Answers.single(source, text).equals("1");
      console.say("   %-40s %s".formatted(text, praise ? "praise" : "blame"));
    }
  }
}
