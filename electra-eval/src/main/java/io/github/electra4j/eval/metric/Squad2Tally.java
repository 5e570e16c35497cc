package io.github.electra4j.eval.metric;

import io.github.electra4j.eval.metric.AnswerMatch.EmptyAnswers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The scores of SQuAD 2.0, whose questions may have no answer. The empty text is the prediction
 * that there is none. Where null odds are known, a question whose odds are above the threshold
 * counts as predicted to have none, and the thresholds that would have been best are reported.
 *
 * <pre>{@code
 * Squad2Tally tally = new Squad2Tally();
 * tally.add("q1", List.of("France", "in France"), "France");
 * tally.add("q2", List.of(), "Paris");
 * tally.scores().get("exact"); // 50.0
 * }</pre>
 */
public final class Squad2Tally {
  /** The original's threshold ({@code qa_na_threshold}) for the odds of its classifier. */
  public static final double USUAL_THRESHOLD = -2.75;

  private final Map<String, Judged> judged = new LinkedHashMap<>();
  private int unanswerable;
  private int missing;

  /** One question; 40 bytes and its id, so that a data set of any usual size fits. */
  private record Judged(boolean hasAnswer, boolean blank, double exact, double f1) {}

  private record Best(double value, double threshold) {}

  /**
   * Counts a question.
   *
   * @param id its id
   * @param golds its right answers; empty if it has none. Those without words are ignored, as in
   *     the official script
   * @param predicted the answer to judge; {@code ""} for none
   * @throws IllegalArgumentException if the id was counted before
   */
  public void add(String id, List<String> golds, String predicted) {
    List<String> worded =
        golds.stream().filter(gold -> !AnswerMatch.normalized(gold).isEmpty()).toList();
    List<String> compared = worded.isEmpty() ? List.of("") : worded;
    Judged question =
        new Judged(
            !golds.isEmpty(),
            predicted.isEmpty(),
            AnswerMatch.bestExact(compared, predicted),
            AnswerMatch.bestF1(compared, predicted, EmptyAnswers.MATCH_EACH_OTHER));
    if (judged.putIfAbsent(id, question) != null) {
      throw new IllegalArgumentException(
          "Question %s was counted before; ids must be unique.".formatted(id));
    }
    unanswerable += golds.isEmpty() ? 1 : 0;
  }

  /** Counts a question without prediction, which the official script leaves out of all means. */
  public void addMissing(boolean hasAnswer) {
    missing++;
    unanswerable += hasAnswer ? 0 : 1;
  }

  /** How many questions had no prediction. */
  public int missing() {
    return missing;
  }

  /** The scores of the predictions as they are. */
  public Map<String, Double> scores() {
    return means(Map.of(), Double.POSITIVE_INFINITY);
  }

  /**
   * The scores with a threshold, and the best thresholds.
   *
   * @param nullOdds how much speaks for there being no answer, by id, in the order of their file
   *     (which decides between equal odds)
   * @param threshold odds above it mean that there is no answer
   * @return {@code exact}, {@code f1} and {@code total}; the same for {@code HasAns_} and {@code
   *     NoAns_} if there are such questions; {@code best_exact}, {@code best_exact_thresh}, {@code
   *     best_f1} and {@code best_f1_thresh}; all but totals and thresholds in percent
   * @throws IllegalArgumentException naming the first question without odds
   */
  public Map<String, Double> scores(Map<String, Double> nullOdds, double threshold) {
    for (String id : judged.keySet()) {
      Double odds = nullOdds.get(id);
      if (odds == null || odds.isNaN()) {
        throw new IllegalArgumentException(
            "Question %s has %s null odds; give a number for every question that has a prediction."
                .formatted(id, odds == null ? "no" : "undefined"));
      }
    }
    Map<String, Double> scores = means(nullOdds, threshold);
    List<Map.Entry<String, Double>> ordered = new ArrayList<>(nullOdds.entrySet());
    ordered.sort(Map.Entry.comparingByValue()); // stable
    Best exact = best(ordered, Judged::exact);
    Best f1 = best(ordered, Judged::f1);
    scores.put("best_exact", exact.value());
    scores.put("best_exact_thresh", exact.threshold());
    scores.put("best_f1", f1.value());
    scores.put("best_f1_thresh", f1.threshold());
    return scores;
  }

  private Map<String, Double> means(Map<String, Double> nullOdds, double threshold) {
    if (judged.isEmpty()) {
      throw new IllegalStateException(
          "No question was counted (%d without prediction); check that the predictions belong to"
                  .formatted(missing)
              + " these questions.");
    }
    List<Judged> decided = new ArrayList<>();
    for (Map.Entry<String, Judged> entry : judged.entrySet()) {
      boolean none = nullOdds.getOrDefault(entry.getKey(), threshold) > threshold;
      decided.add(none ? withoutAnswer(entry.getValue()) : entry.getValue());
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    put(scores, "", decided, question -> true);
    put(scores, "HasAns_", decided, Judged::hasAnswer);
    put(scores, "NoAns_", decided, question -> !question.hasAnswer());
    return scores;
  }

  private static Judged withoutAnswer(Judged question) {
    double score = question.hasAnswer() ? 0 : 1;
    return new Judged(question.hasAnswer(), true, score, score);
  }

  private static void put(
      Map<String, Double> scores, String prefix, List<Judged> decided, Predicate<Judged> which) {
    double exact = 0;
    double f1 = 0;
    int total = 0;
    for (Judged question : decided) {
      if (which.test(question)) {
        exact += question.exact();
        f1 += question.f1();
        total++;
      }
    }
    if (total > 0) {
      scores.put(prefix + "exact", 100 * exact / total);
      scores.put(prefix + "f1", 100 * f1 / total);
      scores.put(prefix + "total", (double) total);
    }
  }

  /**
   * Starts from the answer "none" to every question, and gives up that answer one question after
   * the other, by rising odds.
   */
  private Best best(List<Map.Entry<String, Double>> ordered, ToDoubleFunction<Judged> score) {
    double current = unanswerable;
    Best best = new Best(current, 0);
    for (Map.Entry<String, Double> entry : ordered) {
      Judged question = judged.get(entry.getKey());
      if (question == null) {
        continue;
      }
      if (question.hasAnswer()) {
        current += score.applyAsDouble(question);
      } else if (!question.blank()) {
        current -= 1;
      }
      if (current > best.value()) {
        best = new Best(current, entry.getValue());
      }
    }
    return new Best(100 * best.value() / judged.size(), best.threshold());
  }
}
