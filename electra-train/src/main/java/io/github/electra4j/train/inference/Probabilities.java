package io.github.electra4j.train.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The softmax, in double precision. */
final class Probabilities {
  private Probabilities() {}

  static double[] of(float[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i] - most);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  /**
   * The mean over windows, in the order of the labels.
   *
   * @param windows logits, {@code [windows][labels]}
   */
  static Map<String, Double> mean(List<String> labels, float[][] windows) {
    double[] mean = new double[labels.size()];
    for (float[] window : windows) {
      double[] probabilities = of(window);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probabilities[i] / windows.length;
      }
    }
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < mean.length; i++) {
      named.put(labels.get(i), mean[i]);
    }
    return named;
  }

  /** The most probable label; of equal ones the first. */
  static String best(Map<String, Double> probabilities) {
    return probabilities.entrySet().stream()
        .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
        .orElseThrow()
        .getKey();
  }
}
