package io.github.electra4j.eval.metric;

import io.github.electra4j.eval.metric.AnswerMatch.EmptyAnswers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scores of SQuAD 1.1 and of MRQA: exact match and F1, each the mean over the questions of the
 * best over the gold answers. One number per question is not kept, so any number of questions fits.
 *
 * <pre>{@code
 * SpanTally tally = new SpanTally(SpanTally.Missing.COUNTS_AS_WRONG);
 * tally.add(List.of("Denver Broncos", "Broncos"), Optional.of("the Denver Broncos"));
 * tally.scores(); // {exact_match=100.0, f1=100.0}
 * }</pre>
 */
public final class SpanTally {
  /** What becomes of a question for which there is no prediction. */
  public enum Missing {
    /** It scores 0, as in SQuAD 1.1. */
    COUNTS_AS_WRONG,
    /** It is left out, as in MRQA. */
    IS_LEFT_OUT
  }

  private final Missing missing;
  private int counted;
  private int absent;
  private double exact;
  private double f1;

  /** Starts with no question. */
  public SpanTally(Missing missing) {
    this.missing = missing;
  }

  /**
   * Counts a question.
   *
   * @param golds its right answers, at least one
   * @param predicted the answer to judge; empty if there is none
   */
  public void add(List<String> golds, Optional<String> predicted) {
    if (golds.isEmpty()) {
      throw new IllegalArgumentException(
          "A question has no gold answer; score data with unanswerable questions as SQuAD 2.0.");
    }
    if (predicted.isEmpty()) {
      absent++;
      counted += missing == Missing.COUNTS_AS_WRONG ? 1 : 0;
      return;
    }
    counted++;
    exact += AnswerMatch.bestExact(golds, predicted.get());
    f1 += AnswerMatch.bestF1(golds, predicted.get(), EmptyAnswers.MATCH_NOTHING);
  }

  /** How many questions had no prediction. */
  public int missing() {
    return absent;
  }

  /** How many questions the scores are means of. */
  public int counted() {
    return counted;
  }

  /**
   * {@code exact_match} and {@code f1}, in percent, in this order.
   *
   * @throws IllegalStateException if no question was counted
   */
  public Map<String, Double> scores() {
    if (counted == 0) {
      throw new IllegalStateException(
          "No question was counted (%d without prediction); check that the predictions belong to"
                  .formatted(absent)
              + " these questions.");
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("exact_match", 100 * exact / counted);
    scores.put("f1", 100 * f1 / counted);
    return scores;
  }
}
