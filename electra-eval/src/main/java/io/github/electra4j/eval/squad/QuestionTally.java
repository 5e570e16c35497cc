package io.github.electra4j.eval.squad;

import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.eval.metric.SpanTally;
import io.github.electra4j.eval.metric.Squad2Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Scores answers as they come, with the formulas of the official scripts.
 *
 * <pre>{@code
 * QuestionTally tally = QuestionTally.squad1();
 * tally.add(question, Optional.of("Rollo"), OptionalDouble.empty());
 * QuestionScores scores = tally.scores(1);
 * }</pre>
 */
public final class QuestionTally {
  private final SpanTally spans;
  private final Optional<Squad2Tally> squad2;
  private final OptionalDouble threshold;
  private final Map<String, Double> nullOdds = new HashMap<>();
  private int questions;

  private QuestionTally(SpanTally.Missing missing, boolean second, OptionalDouble threshold) {
    this.spans = new SpanTally(missing);
    this.squad2 = second ? Optional.of(new Squad2Tally()) : Optional.empty();
    this.threshold = threshold;
  }

  /** SQuAD 1.1: a question without prediction scores 0. */
  public static QuestionTally squad1() {
    return spans(SpanTally.Missing.COUNTS_AS_WRONG);
  }

  /** MRQA: questions without prediction are left out. */
  public static QuestionTally mrqa() {
    return spans(SpanTally.Missing.IS_LEFT_OUT);
  }

  private static QuestionTally spans(SpanTally.Missing missing) {
    return new QuestionTally(missing, false, OptionalDouble.empty());
  }

  /**
   * SQuAD 2.0: a question without prediction is left out.
   *
   * @param threshold null odds above which a question counts as unanswerable; empty to take the
   *     answers as they are, without best thresholds
   */
  public static QuestionTally squad2(OptionalDouble threshold) {
    return new QuestionTally(SpanTally.Missing.COUNTS_AS_WRONG, true, threshold);
  }

  /**
   * Counts a question.
   *
   * @param item the question with its right answers
   * @param answer empty if there is no prediction
   * @param odds how much speaks for there being no answer; used only with a threshold
   */
  public void add(AnsweredQuestion item, Optional<String> answer, OptionalDouble odds) {
    questions++;
    String key = item.question().key();
    if (squad2.isEmpty()) {
      spans.add(item.answers(), answer);
    } else if (answer.isPresent()) {
      squad2.get().add(key, item.answers(), answer.get());
      odds.ifPresent(value -> nullOdds.put(key, value));
    } else {
      squad2.get().addMissing(!item.answers().isEmpty());
    }
  }

  /** Questions counted. */
  public int questions() {
    return questions;
  }

  /** Questions without prediction. */
  public int missing() {
    return squad2.map(Squad2Tally::missing).orElseGet(spans::missing);
  }

  /**
   * The scores of the questions counted.
   *
   * @param predictions how many there are, with those that belong to no question
   * @throws IllegalArgumentException if there is a threshold, and a question that has a prediction
   *     has no odds
   */
  public QuestionScores scores(int predictions) {
    int extra = predictions - (questions - missing());
    return new QuestionScores(values(), questions, missing(), extra);
  }

  private Map<String, Double> values() {
    if (squad2.isEmpty()) {
      return spans.scores();
    }
    return threshold.isPresent()
        ? squad2.get().scores(nullOdds, threshold.getAsDouble())
        : squad2.get().scores();
  }
}
