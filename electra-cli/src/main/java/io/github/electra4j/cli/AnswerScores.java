package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.eval.metric.SpanTally;
import io.github.electra4j.eval.metric.Squad2Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The official scores of question answering, question by question. */
final class AnswerScores {
  private final Optional<Squad2Tally> second;
  private final SpanTally first;
  private final OptionalDouble threshold;
  private final Map<String, Double> nullOdds = new LinkedHashMap<>();
  private int counted;

  private AnswerScores(Optional<Squad2Tally> second, SpanTally first, OptionalDouble threshold) {
    this.second = second;
    this.first = first;
    this.threshold = threshold;
  }

  /** The scores of SQuAD 1.1 and MRQA. */
  static AnswerScores ofSpans(SpanTally.Missing missing) {
    return new AnswerScores(Optional.empty(), new SpanTally(missing), OptionalDouble.empty());
  }

  /**
   * The scores of SQuAD 2.0.
   *
   * @param threshold null odds above which a question counts as unanswerable; empty without null
   *     odds
   */
  static AnswerScores ofSquad2(OptionalDouble threshold) {
    return new AnswerScores(
        Optional.of(new Squad2Tally()),
        new SpanTally(SpanTally.Missing.COUNTS_AS_WRONG),
        threshold);
  }

  /**
   * Counts an answer.
   *
   * @param item the question with its right answers
   * @param answer empty if there is none in the file of answers
   * @param odds how much speaks against there being an answer
   */
  void add(AnsweredQuestion item, Optional<String> answer, OptionalDouble odds) {
    counted++;
    String key = item.question().key();
    odds.ifPresent(value -> nullOdds.put(key, value));
    if (second.isEmpty()) {
      first.add(item.answers(), answer);
    } else if (answer.isPresent()) {
      second.get().add(key, item.answers(), answer.get());
    } else {
      second.get().addMissing(!item.answers().isEmpty());
    }
  }

  /** Questions counted. */
  int size() {
    return counted;
  }

  /** Questions without an answer in the file of answers. */
  int missing() {
    return second.map(Squad2Tally::missing).orElseGet(first::missing);
  }

  /** The scores under their official names. */
  List<MetricValue> metrics() {
    Map<String, Double> scores =
        second.isEmpty()
            ? first.scores()
            : threshold.isPresent()
                ? second.get().scores(nullOdds, threshold.getAsDouble())
                : second.get().scores();
    List<MetricValue> metrics = new ArrayList<>();
    scores.forEach(
        (name, value) -> {
          boolean percent = !name.endsWith("total") && !name.endsWith("_thresh");
          metrics.add(new MetricValue(name, value, percent, true));
        });
    return metrics;
  }
}
