package io.github.electra4j.cli;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ConversionReport;
import io.github.electra4j.convert.ExportOptions;
import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.train.FineTuner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code electra demo}: from a TensorFlow checkpoint to a score, on data of its own. */
@Command(
    name = "demo",
    headerHeading = "Examples:%n",
    header = {"  electra demo", "  electra demo --output my-demo", "  electra demo --epochs 20%n"},
    description = {
      "Show the whole way on a tiny model and data that come with the program: import a TensorFlow",
      "checkpoint, fine-tune it, evaluate it, predict. Takes less than a minute and no network."
    },
    showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "demo/electra_demo.zip";
  private static final int TRAIN = 1600;
  private static final int DEV = 400;
  private static final List<String> UNSEEN =
      List.of(
          "the bread was not stale.", "what a rude singer!", "nobody called the garden charming.");

  private final Console console;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "New folder for everything the demo makes; otherwise a temporary one.")
  private Path output;

  @Option(names = "--epochs", defaultValue = "4", description = "Passes over the data.")
  private double epochs;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path folder =
        output == null ? Files.createTempDirectory("electra-demo") : Files.createDirectory(output);
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
    EvalReport score = finetune(model, data, new RunFolder(folder.resolve("run")));
    predict(folder.resolve("run"));
    console.out().print(score.toTable());
    console.say("Everything is in " + folder);
    return ExitCode.OK;
  }

  private EvalReport finetune(Path model, Path data, RunFolder run) throws IOException {
    LearningArguments learning = new LearningArguments();
    new CommandLine(learning)
        .parseArgs("--learning-rate=5e-4", "--layerwise-decay=1", "--epochs=" + epochs);
    FinetuneRun finetuning =
        FinetuneRun.prepare(
            ModelSource.read(model, console),
            new FinetuneRun.Request("sst", data, null, learning, false, 1000),
            run,
            console);
    FineTuner.Result result = finetuning.train(() -> false);
    return finetuning.save(result);
  }

  private void predict(Path run) throws IOException {
    console.say("5. Predict: electra predict run --text ...");
    ModelSource source = ModelSource.read(run, console);
    for (String text : UNSEEN) {
      console.say("   %-40s %s".formatted(text, Answers.single(source, text)));
    }
  }
}
