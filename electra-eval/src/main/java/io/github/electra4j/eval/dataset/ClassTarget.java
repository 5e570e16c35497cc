package io.github.electra4j.eval.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * One of several classes; outputs are logits in the order of the labels.
 *
 * @param labels the classes as written in the files, in the original's order of indices; at least
 *     two, all different
 */
public record ClassTarget(List<String> labels) implements Target {
  /** Checks and copies the labels. */
  public ClassTarget {
    labels = List.copyOf(labels);
    if (labels.size() < 2 || new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException(
          "ClassTarget.labels is %s; give at least two different labels.".formatted(labels));
    }
  }

  @Override
  public int outputs() {
    return labels.size();
  }

  @Override
  public Optional<String> fault(String label) {
    return labels.contains(label)
        ? Optional.empty()
        : Optional.of(
            "the label is \"%s\", wanted one of %s".formatted(Quoted.shortened(label), labels));
  }

  @Override
  public double value(String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(fault(label).orElseThrow() + ".");
    }
    return index;
  }

  @Override
  public String placeholder() {
    return labels.get(0);
  }

  @Override
  public double predicted(float[] outputs) {
    return largest(outputs);
  }

  @Override
  public double loss(double value, float[] outputs) {
    return logSumExp(outputs) - outputs[(int) value];
  }

  @Override
  public String answer(float[] outputs) {
    return labels.get(largest(outputs));
  }

  /**
   * The softmax of the logits.
   *
   * @param logits one per class {@code [labels]}
   * @return the probability of each class, in the order of {@link #labels}; {@code [labels]}
   */
  public double[] probabilities(float[] logits) {
    double normalizer = logSumExp(logits);
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i] - normalizer);
    }
    return probabilities;
  }

  private static int largest(float[] outputs) {
    int best = 0;
    for (int i = 1; i < outputs.length; i++) {
      if (outputs[i] > outputs[best]) {
        best = i;
      }
    }
    return best;
  }

  private static double logSumExp(float[] logits) {
    double largest = logits[largest(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }
}
