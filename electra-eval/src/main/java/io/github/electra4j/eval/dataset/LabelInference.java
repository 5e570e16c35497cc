package io.github.electra4j.eval.dataset;

import io.github.electra4j.train.task.TextExample;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What labels mean, from those that occur in the training data; the order of rows is immaterial.
 */
public final class LabelInference {
  /** More classes than this are a sign that a column of texts or scores was named. */
  private static final int MOST_CLASSES = 1000;

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");

  private LabelInference() {}

  /**
   * The classes, in the order of their numbers if all are whole numbers, else as strings are
   * compared. Example: {@code 10, 9, 9, 1} are the classes {@code 1, 9, 10}.
   *
   * @throws IllegalArgumentException if there are fewer than two or very many
   */
  public static ClassTarget classes(List<TextExample> examples) {
    return new ClassTarget(ordered(examples.stream().map(TextExample::label).toList()));
  }

  /**
   * Different labels in a fixed order, as {@link #classes}.
   *
   * @param labels with repetitions, e.g. all tags of a file
   */
  public static List<String> ordered(Collection<String> labels) {
    boolean whole = labels.stream().allMatch(label -> WHOLE.matcher(label).matches());
    Comparator<String> order =
        whole
            ? Comparator.<String>comparingLong(Long::parseLong)
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder();
    TreeSet<String> different = new TreeSet<>(order);
    different.addAll(labels);
    if (different.size() < 2 || different.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "The label column has %d different value(s)%s, wanted 2 to %d classes; name another column%s."
              .formatted(
                  different.size(),
                  different.isEmpty()
                      ? ""
                      : ", e.g. \"" + Quoted.shortened(different.first()) + "\"",
                  MOST_CLASSES,
                  looksLikeScores(labels) ? ", or learn scores" : ""));
    }
    return List.copyOf(different);
  }

  /** Whether all labels are numbers and some have decimals, so that they are no classes. */
  public static boolean looksLikeScores(Collection<String> labels) {
    return !labels.isEmpty()
        && labels.stream().allMatch(label -> DECIMAL.matcher(label).matches())
        && labels.stream().anyMatch(label -> label.contains("."));
  }

  /**
   * Scores from 0 to the largest that occurs.
   *
   * @throws IllegalArgumentException naming the first label that is no number from 0, or if all are
   *     0
   */
  public static ScoreTarget scores(List<TextExample> examples) {
    BigDecimal highest = BigDecimal.ZERO;
    for (TextExample example : examples) {
      if (!DECIMAL.matcher(example.label()).matches()
          || new BigDecimal(example.label()).signum() < 0) {
        throw new IllegalArgumentException(
            "Example %d has the score \"%s\", wanted a number from 0; shift the scale, or name another column."
                .formatted(example.id(), Quoted.shortened(example.label())));
      }
      highest = highest.max(new BigDecimal(example.label()));
    }
    if (highest.signum() == 0) {
      throw new IllegalArgumentException("All scores are 0; there is nothing to learn from them.");
    }
    return new ScoreTarget(highest.doubleValue());
  }
}
