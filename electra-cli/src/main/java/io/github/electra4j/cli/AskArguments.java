package io.github.electra4j.cli;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a model for question answering is asked, and where its answers go. */
@OptionGroup(OptionGroup.INPUT)
final class AskArguments {
  @Option(
      names = "--question",
      paramLabel = "TEXT",
      description = {"Question answering: a question.", "  Default: those of --test"})
  private String question;

  @Option(
      names = "--context",
      paramLabel = "TEXT",
      description = {
        "Question answering: the text in which the answer stands.",
        "  Default: those of --test"
      })
  private String context;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = {
        "Question answering: official file of answers to write.",
        "  Default: a JSON object per question on standard output"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Path predictions;

  @Option(
      names = "--null-odds",
      paramLabel = "FILE",
      description = {
        "Question answering: official file of null odds to write.",
        "  Default: not written"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Path nullOdds;

  @Option(
      names = "--n-best",
      paramLabel = "FILE",
      description = {
        "Question answering: official file of the best answers of each question to write.",
        "  Default: not written"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Path best;

  @Option(names = "--overwrite", description = "Replace output files.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  /** Whether a question was asked. */
  boolean isQuestion() {
    return question != null || context != null;
  }

  /** Refuses these options for a model that answers no questions. */
  void refuse() {
    if (isQuestion() || predictions != null || nullOdds != null || best != null) {
      throw new WrongUsageException(
          "--question, --context, --predictions, --null-odds and --n-best are for models for question answering.");
    }
  }

  /**
   * Answers.
   *
   * @param test file of questions, or null for one question
   */
  int predict(
      Candidate candidate,
      TaskHead.SpanAnswer head,
      InferenceArguments inference,
      Path test,
      boolean json,
      Console console)
      throws IOException {
    if (test == null && (question == null || context == null)) {
      throw new WrongUsageException(
          "This model answers questions. Give --question and --context, or --test.");
    }
    if ((nullOdds != null || best != null) && predictions == null) {
      throw new WrongUsageException("--null-odds and --n-best need --predictions.");
    }
    for (Path file : new Path[] {predictions, nullOdds, best}) {
      if (file != null && !overwrite && Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    Reading reading = inference.reading(candidate.source(), Optional.empty());
    try (FineTunedModel model = FineTunedModel.of(candidate.source().checkpoint(), head)) {
      QuestionPredictor predictor = new QuestionPredictor(head, reading, model, console);
      if (test == null) {
        predictor.answer(question, context, json);
      } else {
        predictor.answerFile(
            test,
            new QuestionPredictor.Target(
                Optional.ofNullable(predictions),
                Optional.ofNullable(nullOdds),
                Optional.ofNullable(best),
                overwrite));
      }
    }
    return ExitCode.OK;
  }
}
