package io.github.electra4j.eval.squad;

import io.github.electra4j.eval.dataset.AnswerCheck;
import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.eval.dataset.QuestionReader;
import io.github.electra4j.eval.metric.SpanTally;
import io.github.electra4j.eval.metric.Squad2Tally;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores anybody's answers with the formulas of the official scripts; no model is needed.
 *
 * <pre>{@code
 * Map<String, String> answers = PredictionFiles.answers(Path.of("predictions.json"));
 * QuestionScores scores = QuestionScorer.squad1(Path.of("dev-v1.1.json"), answers);
 * System.out.print(scores.toJson()); // {"exact_match" : …, "f1" : …}
 * }</pre>
 */
public final class QuestionScorer {
  private QuestionScorer() {}

  /** Null odds and what is made of them. */
  public record NullOdds(Map<String, Double> byId, double threshold) {}

  /**
   * SQuAD 1.1: a question without prediction scores 0.
   *
   * @param gold the data set
   * @param answers by id of the question
   * @throws MalformedFileException if the data set is malformed or has questions without answers
   */
  public static QuestionScores squad1(Path gold, Map<String, String> answers) throws IOException {
    return spans(gold, answers, SpanTally.Missing.COUNTS_AS_WRONG);
  }

  /** MRQA: questions without prediction are left out; otherwise as {@link #squad1}. */
  public static QuestionScores mrqa(Path gold, Map<String, String> answers) throws IOException {
    return spans(gold, answers, SpanTally.Missing.IS_LEFT_OUT);
  }

  private static QuestionScores spans(
      Path gold, Map<String, String> answers, SpanTally.Missing missing) throws IOException {
    SpanTally tally = new SpanTally(missing);
    int questions = 0;
    try (QuestionReader reader = QuestionReader.open(gold, AnswerCheck.NONE)) {
      for (AnsweredQuestion next = reader.next(); next != null; next = reader.next()) {
        questions++;
        if (next.answers().isEmpty()) {
          throw MalformedFileException.in(
              gold,
              "question %s has no answer. Score it as SQuAD 2.0, or give a file with answers."
                  .formatted(next.question().key()));
        }
        tally.add(next.answers(), Optional.ofNullable(answers.get(next.question().key())));
      }
    }
    requireCommon(gold, questions, tally.missing());
    return new QuestionScores(
        tally.scores(), questions, tally.missing(), answers.size() - (questions - tally.missing()));
  }

  /**
   * SQuAD 2.0: a question without prediction is left out.
   *
   * @param gold the data set
   * @param answers by id of the question; {@code ""} for none
   * @param odds null odds; empty to take the answers as they are, without best thresholds
   * @throws IllegalArgumentException if a question that has a prediction has no odds
   */
  public static QuestionScores squad2(
      Path gold, Map<String, String> answers, Optional<NullOdds> odds) throws IOException {
    Squad2Tally tally = new Squad2Tally();
    int questions = 0;
    try (QuestionReader reader = QuestionReader.open(gold, AnswerCheck.NONE)) {
      for (AnsweredQuestion next = reader.next(); next != null; next = reader.next()) {
        questions++;
        String key = next.question().key();
        List<String> golds = next.answers();
        if (answers.containsKey(key)) {
          tally.add(key, golds, answers.get(key));
        } else {
          tally.addMissing(!golds.isEmpty());
        }
      }
    }
    requireCommon(gold, questions, tally.missing());
    Map<String, Double> values =
        odds.isPresent() ? tally.scores(odds.get().byId(), odds.get().threshold()) : tally.scores();
    return new QuestionScores(
        values, questions, tally.missing(), answers.size() - (questions - tally.missing()));
  }

  private static void requireCommon(Path gold, int questions, int missing) {
    if (missing == questions) {
      throw new IllegalArgumentException(
          "None of the %d questions of %s has a prediction; check that both belong together."
              .formatted(questions, gold));
    }
  }
}
