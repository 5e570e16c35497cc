package io.github.electra4j.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How models that started from random weights did at a task beside those that started from
 * pre-trained ones.
 *
 * @param name of the task
 * @param metric what was counted
 * @param random scores in percent, one per repetition
 * @param pretrained scores in percent, in the same order
 */
public record Contest(String name, String metric, List<Double> random, List<Double> pretrained) {
  /** Copies the lists. */
  public Contest {
    random = List.copyOf(random);
    pretrained = List.copyOf(pretrained);
    if (random.isEmpty() || random.size() != pretrained.size()) {
      throw new IllegalArgumentException(
          "A contest needs as many scores from random weights as from pre-trained ones, at least one; there are %d and %d"
              .formatted(random.size(), pretrained.size()));
    }
  }

  /** How often the pre-trained weights did better. */
  public int wins() {
    int wins = 0;
    for (int i = 0; i < random.size(); i++) {
      wins += pretrained.get(i) > random.get(i) ? 1 : 0;
    }
    return wins;
  }

  /** What pre-training brought, in points: the difference of the means. */
  public double gain() {
    return mean(pretrained) - mean(random);
  }

  /** The row of a table: task, metric, both scores, gain, wins. */
  public List<String> row() {
    return List.of(
        name,
        metric,
        spread(random),
        spread(pretrained),
        String.format(Locale.ROOT, "%+.1f", gain()),
        "%d of %d".formatted(wins(), random.size()));
  }

  /** The titles of {@link #row()}. */
  public static List<String> titles() {
    return List.of("task", "measure, %", "random weights", "pre-trained", "gain", "better in");
  }

  /** A table of contests, titles first. */
  public static List<List<String>> table(List<Contest> contests) {
    List<List<String>> rows = new ArrayList<>(List.of(titles()));
    contests.forEach(contest -> rows.add(contest.row()));
    return rows;
  }

  private static double mean(List<Double> scores) {
    return scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** The mean, and the standard deviation of a single score where there are several. */
  private static String spread(List<Double> scores) {
    double mean = mean(scores);
    double squares = scores.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    return scores.size() == 1
        ? String.format(Locale.ROOT, "%.1f", mean)
        : String.format(
            Locale.ROOT, "%.1f +- %.1f", mean, Math.sqrt(squares / (scores.size() - 1)));
  }
}
