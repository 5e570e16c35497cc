package io.github.electra4j.eval.squad;

import io.github.electra4j.eval.dataset.AnswerCheck;
import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.eval.dataset.QuestionReader;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
    return spans(gold, answers, QuestionTally.squad1());
  }

  /** MRQA: questions without prediction are left out; otherwise as {@link #squad1}. */
  public static QuestionScores mrqa(Path gold, Map<String, String> answers) throws IOException {
    return spans(gold, answers, QuestionTally.mrqa());
  }

  private static QuestionScores spans(Path gold, Map<String, String> answers, QuestionTally tally)
      throws IOException {
    try (QuestionReader reader = QuestionReader.open(gold, AnswerCheck.NONE)) {
      for (AnsweredQuestion next = reader.next(); next != null; next = reader.next()) {
        if (next.answers().isEmpty()) {
          throw MalformedFileException.in(
              gold,
              "question %s has no answer. Score it as SQuAD 2.0, or give a file with answers."
                  .formatted(next.question().key()));
        }
        String answer = answers.get(next.question().key());
        tally.add(next, Optional.ofNullable(answer), OptionalDouble.empty());
      }
    }
    requireCommon(gold, tally);
    return tally.scores(answers.size());
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
    OptionalDouble threshold =
        odds.isPresent() ? OptionalDouble.of(odds.get().threshold()) : OptionalDouble.empty();
    Map<String, Double> byId = odds.map(NullOdds::byId).orElse(Map.of());
    QuestionTally tally = QuestionTally.squad2(threshold);
    try (QuestionReader reader = QuestionReader.open(gold, AnswerCheck.NONE)) {
      for (AnsweredQuestion next = reader.next(); next != null; next = reader.next()) {
        String key = next.question().key();
        Double known = byId.get(key);
        tally.add(
            next,
            Optional.ofNullable(answers.get(key)),
            known == null ? OptionalDouble.empty() : OptionalDouble.of(known));
      }
    }
    requireCommon(gold, tally);
    return tally.scores(answers.size());
  }

  private static void requireCommon(Path gold, QuestionTally tally) {
    if (tally.missing() == tally.questions()) {
      throw new IllegalArgumentException(
          "None of the %d questions of %s has a prediction; check that both belong together."
              .formatted(tally.questions(), gold));
    }
  }
}
