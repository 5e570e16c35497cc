package io.github.electra4j.cli;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Map;
import picocli.CommandLine.Option;

/** The choices of question answering; what is not given is as the original has it. */
@OptionGroup(OptionGroup.OPTIMISATION)
final class AnswerArguments {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "SpanSettings.maxQueryLength", "--max-query-length",
          "SpanSettings.docStride", "--doc-stride",
          "SpanSettings.maxAnswerLength", "--max-answer-length");

  @Option(
      names = "--doc-stride",
      paramLabel = "N",
      description = {
        "Question answering: tokens from one window of a long text to the next.",
        "  Default: 128"
      })
  private Integer docStride;

  @Option(
      names = "--max-query-length",
      paramLabel = "N",
      description = {"Question answering: most tokens of a question.", "  Default: 64"})
  private Integer maxQueryLength;

  @Option(
      names = "--max-answer-length",
      paramLabel = "N",
      description = {"Question answering: most tokens of an answer.", "  Default: 30"})
  private Integer maxAnswerLength;

  @Option(
      names = "--null-threshold",
      paramLabel = "ODDS",
      description = {
        "Question answering: null odds above which there is no answer.",
        "  Default: -2.75"
      })
  private Double nullThreshold;

  @Option(
      names = "--independent-ends",
      description = "Question answering: predict ends without looking at starts.")
  private boolean independent;

  private SpanSettings usual = SpanSettings.defaults();

  /** Takes what was not given as an option from the original's settings. */
  void assume(FinetuneHparams hparams) throws MalformedFileException {
    docStride = hparams.integer(docStride, "doc_stride");
    maxQueryLength = hparams.integer(maxQueryLength, "max_query_length");
    maxAnswerLength = hparams.integer(maxAnswerLength, "max_answer_length");
    nullThreshold = hparams.number(nullThreshold, "qa_na_threshold");
    usual = hparams.settings(usual);
  }

  /** The choices. */
  SpanSettings settings() {
    return WrongUsageException.unlessUsable(
        OPTIONS,
        () ->
            usual
                .withEnds(!independent && usual.jointPrediction(), usual.beamSize())
                .withWindows(
                    new SpanSettings.Windows(
                        maxQueryLength == null ? usual.windows().maxQueryLength() : maxQueryLength,
                        docStride == null ? usual.windows().docStride() : docStride))
                .withChoice(
                    new SpanSettings.Choice(
                        usual.choice().nBestSize(),
                        maxAnswerLength == null
                            ? usual.choice().maxAnswerLength()
                            : maxAnswerLength,
                        nullThreshold == null ? usual.choice().nullThreshold() : nullThreshold)));
  }
}
