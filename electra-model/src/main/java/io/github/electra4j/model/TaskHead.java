package io.github.electra4j.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The output block that fine-tuning puts on the encoder for one task. Its tensors are those of
 * {@link TensorLayout#taskHead}, below {@code task_specific/<task>/}.
 */
public sealed interface TaskHead permits TaskHead.Classification, TaskHead.Regression {

  /**
   * The task's name as it stands in tensor names: letters, digits, {@code _} and {@code -}, e.g.
   * {@code sst}.
   */
  String task();

  /** Numbers computed per example: one per label, or 1 for a regression. */
  int outputs();

  /** Answers with the case that fits this head; a new kind of head is a new case to be handled. */
  <T> T match(Cases<T> cases);

  /**
   * What to do with each kind of head.
   *
   * @param <T> type of the answer
   */
  interface Cases<T> {
    /** The answer for a classification. */
    T classification(Classification head);

    /** The answer for a regression. */
    T regression(Regression head);
  }

  /**
   * One of several labels per example or pair, from the {@code [CLS]} vector.
   *
   * @param task name of the task
   * @param labels names of the labels, unique, at least two; output {@code i} scores label {@code
   *     i}
   */
  record Classification(String task, List<String> labels) implements TaskHead {
    /** Copies and checks the labels. */
    public Classification {
      requireName(task);
      labels = List.copyOf(labels);
      if (labels.size() < 2) {
        throw new IllegalArgumentException(
            "Task %s has the labels %s; a classification needs at least two"
                .formatted(task, labels));
      }
      Set<String> seen = new LinkedHashSet<>();
      for (String label : labels) {
        if (!seen.add(label)) {
          throw new IllegalArgumentException(
              "Task %s has the label \"%s\" twice; every label must be unique"
                  .formatted(task, label));
        }
      }
    }

    @Override
    public int outputs() {
      return labels.size();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.classification(this);
    }
  }

  /**
   * One real number per example or pair, from the {@code [CLS]} vector.
   *
   * <p>The network is trained on {@code (label - minimum) / maximum}, as in
   * google-research/electra, which divides by the maximum and not by the range.
   *
   * @param task name of the task
   * @param minimum smallest label of the data, e.g. 0
   * @param maximum largest label of the data, above {@code minimum} and above 0, e.g. 5
   */
  record Regression(String task, double minimum, double maximum) implements TaskHead {
    /** Checks the range. */
    public Regression {
      requireName(task);
      if (!(Double.isFinite(minimum) && Double.isFinite(maximum))
          || minimum >= maximum
          || maximum <= 0) {
        throw new IllegalArgumentException(
            "Task %s has labels from %s to %s; the maximum must be above the minimum and above 0"
                .formatted(task, minimum, maximum));
      }
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.regression(this);
    }

    /** What the network shall compute for a label. Example: 2.5 of 0 to 5 gives 0.5. */
    public double target(double label) {
      return (label - minimum) / maximum;
    }

    /** The label that a computed number stands for; the inverse of {@link #target}. */
    public double label(double target) {
      return target * maximum + minimum;
    }
  }

  private static void requireName(String task) {
    Objects.requireNonNull(task, "task");
    if (!task.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "The task name \"%s\" cannot be part of a tensor's name; use letters, digits, _ and -"
              .formatted(task));
    }
  }
}
