package io.github.electra4j.train.answer;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What was found for a question.
 *
 * @param question the question
 * @param best different answers, best first; none if no span of the text qualifies
 * @param nullOdds how much speaks for the question having no answer, on no particular scale; empty
 *     if every question is taken to have one
 */
public record Answer(Question question, List<Span> best, OptionalDouble nullOdds) {
  /** What the original writes if no span of the text qualifies. */
  private static final String NOTHING = "empty";

  /** Copies the list. */
  public Answer {
    best = List.copyOf(best);
  }

  /**
   * A part of the text.
   *
   * @param text as the official files have it: words joined by single spaces
   * @param start UTF-16 offset in the text
   * @param end UTF-16 offset behind the part
   * @param startScore logit or log-probability of the start
   * @param endScore logit or log-probability of the end
   * @param probability among the best answers, in [0, 1]
   */
  public record Span(
      String text, int start, int end, float startScore, float endScore, double probability) {

    /** Sum of both scores. */
    public double score() {
      return (double) startScore + endScore;
    }
  }

  /**
   * The best answer in the form of the official files, whether or not the question is thought to
   * have one.
   */
  public String text() {
    if (nullOdds.isEmpty()) {
      return best.isEmpty() ? NOTHING : best.get(0).text();
    }
    return best.stream()
        .map(Span::text)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse(NOTHING);
  }

  /** Whether the question is thought to have no answer: its null odds are above a threshold. */
  public boolean isUnanswerable(double threshold) {
    return best.isEmpty() || (nullOdds.isPresent() && nullOdds.getAsDouble() > threshold);
  }
}
