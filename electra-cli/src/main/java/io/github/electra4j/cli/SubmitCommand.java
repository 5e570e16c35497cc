package io.github.electra4j.cli;

import io.github.electra4j.eval.Prediction;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.submission.GlueFile;
import io.github.electra4j.eval.submission.GlueSubmission;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.Featurizer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra submit}: the zip that GLUE's server accepts. */
@Command(
    name = "submit",
    header = "Predict all test sets of GLUE and pack them for its server.",
    description = {
      "RUNS is a folder with a model per task, named like it (cola, sst, mrpc, sts, qqp, mnli, qnli,",
      "rte, and wnli if there is one), or a model with all heads. The model of mnli answers both test",
      "sets and the diagnostic set. Without a model for wnli, its most frequent answer is submitted."
    },
    showDefaultValues = true)
@Examples({
  "electra submit runs --data glue --output glue.zip",
  "electra submit runs/all --data glue --output glue.zip --batch-size 64",
  "electra submit runs --data glue --predictions done --output glue.zip --overwrite"
})
@OptionGroup(OptionGroup.INPUT)
final class SubmitCommand implements Callable<Integer> {
  private static final String WNLI = "wnli";
  private static final String MNLI = "mnli";

  private final Console console;

  @Parameters(paramLabel = "RUNS", description = "Folder with a model per task, or one model.")
  private Path runs;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "GLUE folder.")
  private Path data;

  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      description = {
        "Take the files that are here under the server's names, e.g. QQP.tsv, as predict --data",
        "prints them, instead of predicting.",
        "  Default: everything is predicted"
      })
  private Path predictions;

  @Mixin private InferenceArguments inference;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The zip to write.")
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(names = "--overwrite", description = "Replace the output file.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  SubmitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    inference.check();
    if (predictions != null && !Files.isDirectory(predictions)) {
      throw new WrongUsageException("--predictions %s is no folder.".formatted(predictions));
    }
    if (!overwrite && Files.exists(output)) {
      throw new FileAlreadyExistsException(output.toString());
    }
    GlueSubmission submission = new GlueSubmission();
    for (GlueFile file : GlueFile.values()) {
      String model = file.task().name().equals("ax") ? MNLI : file.task().name();
      Path place = runs.resolve(model);
      Path recorded = predictions == null ? null : predictions.resolve(file.fileName());
      if (recorded != null && Files.exists(recorded)) {
        addRecorded(submission, file, recorded);
      } else if (model.equals(WNLI) && !Files.isDirectory(place)) {
        console.say("There is no model for wnli; its most frequent answer is submitted.");
        submission.addMajorityWnli();
      } else {
        add(submission, file, model);
      }
    }
    submission.write(output, overwrite);
    console.say("Written: %s".formatted(output));
    return ExitCode.OK;
  }

  private void addRecorded(GlueSubmission submission, GlueFile file, Path recorded)
      throws IOException {
    Map<String, String> byIndex = PredictedRows.read(recorded);
    List<String> words = new ArrayList<>(byIndex.size());
    for (int i = 0; i < byIndex.size(); i++) {
      String word = byIndex.get(Integer.toString(i));
      if (word == null) {
        throw MalformedFileException.in(
            recorded,
            "its %,d predictions lack index %d. Number them from 0.".formatted(byIndex.size(), i));
      }
      words.add(word);
    }
    try {
      submission.add(file, words);
    } catch (IllegalArgumentException e) { // another number of rows, or another word
      throw MalformedFileException.in(recorded, e.getMessage(), e);
    }
    console.say("%s: %,d predictions from %s".formatted(file.fileName(), words.size(), recorded));
  }

  private void add(GlueSubmission submission, GlueFile file, String model) throws IOException {
    Candidate candidate = Candidate.all(List.of(runs), List.of(model), console).get(0);
    GlueTask task = Tasks.glue(candidate.head(), candidate.path());
    GlueSplit split = GlueReader.load(file.task(), data, file.split(), GlueReader.ALL);
    Reading reading = inference.reading(candidate.source(), Optional.empty());
    Featurizer featurizer =
        new Featurizer(reading.tokenizer(), candidate.head(), reading.maxSeqLength());
    ProgressLine progress = new ProgressLine(console, file.fileName(), 0, split.examples().size());
    try (FineTunedModel tuned =
        FineTunedModel.of(candidate.source().checkpoint(), candidate.head())) {
      Answers answers = new Answers(candidate.head(), featurizer, tuned);
      List<String> words =
          answers.of(split.examples(), reading.batchSize(), done -> progress.at(done, "")).stream()
              .map(Prediction::answer)
              .toList();
      submission.add(file, words);
    } catch (IllegalArgumentException e) { // another number of rows than the server wants
      throw MalformedFileException.in(
          split.file(), "%s (task %s)".formatted(e.getMessage(), task.name()), e);
    }
  }
}
