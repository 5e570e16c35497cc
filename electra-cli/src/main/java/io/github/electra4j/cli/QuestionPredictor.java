package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.eval.squad.PredictionWriter;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.answer.Answer;
import io.github.electra4j.train.answer.AnswerStream;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.QuestionFeaturizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a model answers to questions. */
final class QuestionPredictor {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TaskHead.SpanAnswer head;
  private final Reading reading;
  private final FineTunedModel model;
  private final Console console;

  QuestionPredictor(
      TaskHead.SpanAnswer head, Reading reading, FineTunedModel model, Console console) {
    this.head = head;
    this.reading = reading;
    this.model = model;
    this.console = console;
  }

  /**
   * Where the answers of a file go.
   *
   * @param predictions official file; empty for standard output
   * @param nullOdds official file of null odds, which only models that may find no answer have
   * @param best official file of the best answers of each question
   * @param overwrite whether older files are replaced
   */
  record Target(
      Optional<Path> predictions,
      Optional<Path> nullOdds,
      Optional<Path> best,
      boolean overwrite) {}

  /** Answers the questions of a file in the form of SQuAD or MRQA. */
  void answerFile(Path file, Target target) throws IOException {
    QuestionSplit split =
        QuestionSplit.open(head, file.getFileName().toString(), file, false, Integer.MAX_VALUE);
    ProgressLine progress = new ProgressLine(console, "answering", 0, split.size());
    if (target.predictions().isEmpty()) {
      split.answer(model, reading, (item, answer) -> console.data(toJson(answer)));
      return;
    }
    if (target.nullOdds().isPresent() && !head.nullAnswers()) {
      throw new WrongUsageException(
          "--null-odds are for models that may find no answer; the head for %s always gives one."
              .formatted(head.task()));
    }
    PredictionWriter.Places places =
        new PredictionWriter.Places(target.predictions().get(), target.nullOdds(), target.best());
    try (PredictionWriter writer =
        PredictionWriter.create(places, OptionalDouble.empty(), target.overwrite())) {
      int[] done = new int[1];
      split.answer(
          model,
          reading,
          (item, answer) -> {
            writer.write(answer);
            progress.at(++done[0], "");
          });
      writer.commit();
    }
  }

  /** Answers one question about one text. */
  void answer(String question, String context, boolean asJson) {
    QuestionFeaturizer featurizer =
        WrongUsageException.unlessUsable(
            () -> new QuestionFeaturizer(reading.tokenizer(), head, reading.maxSeqLength()));
    new AnswerStream(model, featurizer, reading.batchSize())
        .answer(
            List.of(Question.of(0, "0", question, context)).iterator(),
            answer -> {
              boolean none = answer.isUnanswerable(head.settings().choice().nullThreshold());
              console.data(asJson ? toJson(answer) : none ? "" : answer.text());
            });
  }

  private String toJson(Answer answer) {
    ObjectNode node = MAPPER.createObjectNode().put("id", answer.question().key());
    boolean none = answer.isUnanswerable(head.settings().choice().nullThreshold());
    node.put("answer", none ? "" : answer.text());
    answer.nullOdds().ifPresent(odds -> node.put("null_odds", odds));
    if (!answer.best().isEmpty()) {
      Answer.Span best = answer.best().get(0);
      node.put("best", best.text()).put("start", best.start()).put("end", best.end());
      node.put("probability", best.probability());
    }
    return node.toString();
  }
}
