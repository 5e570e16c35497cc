package io.github.electra4j.eval.statistics;

import java.util.List;
import java.util.Locale;

/**
 * Two systems compared by the share of right answers to the same examples.
 *
 * <pre>{@code
 * Comparison comparison =
 *     Comparison.of(Answers.read(a), Answers.read(b), Resampling.usual());
 * System.out.println(comparison.toText());
 * }</pre>
 *
 * @param examples how many were compared
 * @param first share of right answers of the first system, from 0 to 1
 * @param second that of the second
 * @param bootstrap of the difference, second minus first
 * @param mcNemar of the examples on which they differ
 */
public record Comparison(
    int examples, double first, double second, PairedBootstrap bootstrap, McNemar mcNemar) {

  /**
   * Compares.
   *
   * @throws IllegalArgumentException naming an id, if the files have different examples or
   *     different gold answers
   */
  public static Comparison of(Answers first, Answers second, Resampling resampling) {
    if (first.byId().size() != second.byId().size()) {
      throw new IllegalArgumentException(
          "The systems answered %d and %d examples; compare results on the same data."
              .formatted(first.byId().size(), second.byId().size()));
    }
    List<String> ids = List.copyOf(first.byId().keySet());
    boolean[] firstRight = new boolean[ids.size()];
    boolean[] secondRight = new boolean[ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      Answers.Judged one = first.byId().get(ids.get(i));
      Answers.Judged other = second.byId().get(ids.get(i));
      if (other == null || !other.gold().equals(one.gold())) {
        throw new IllegalArgumentException(
            "Example %s %s; compare results on the same data."
                .formatted(
                    ids.get(i),
                    other == null ? "has one answer only" : "has two different gold answers"));
      }
      firstRight[i] = one.isRight();
      secondRight[i] = other.isRight();
    }
    double[] firstScores = numbers(firstRight);
    double[] secondScores = numbers(secondRight);
    return new Comparison(
        ids.size(),
        mean(firstScores),
        mean(secondScores),
        PairedBootstrap.ofMeans(firstScores, secondScores, resampling),
        McNemar.of(firstRight, secondRight));
  }

  private static double[] numbers(boolean[] right) {
    double[] numbers = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      numbers[i] = right[i] ? 1 : 0;
    }
    return numbers;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The result for people, in percent. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "accuracy %.2f %% and %.2f %%, difference %+.2f (95 %% interval %+.2f to %+.2f, paired bootstrap"
            + " p = %.4f); only the first is right on %d, only the second on %d (McNemar%s p = %.4f);"
            + " n = %d",
        100 * first,
        100 * second,
        100 * bootstrap.difference(),
        100 * bootstrap.interval().low(),
        100 * bootstrap.interval().high(),
        bootstrap.pValue(),
        mcNemar.onlyFirst(),
        mcNemar.onlySecond(),
        mcNemar.isExact() ? ", exact," : "",
        mcNemar.pValue(),
        examples);
  }
}
