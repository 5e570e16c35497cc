package io.github.electra4j.eval.metric;

import java.util.HashMap;
import java.util.Map;

/**
 * Matthews' correlation coefficient of classes, from −1 to 1; for more than two classes its
 * generalisation R<sub>K</sub>, the metric of the GLUE diagnostic set. With c right answers of s,
 * class k being gold t<sub>k</sub> times and predicted p<sub>k</sub> times, it is {@code (c·s −
 * Σtₖpₖ) / √((s² − Σtₖ²)(s² − Σpₖ²))}.
 *
 * <p>It is 0 if only one class occurs among the gold answers or among the predictions, as in
 * scikit-learn's {@code matthews_corrcoef}.
 */
public record MatthewsCorrelation() implements Metric {
  @Override
  public String name() {
    return "mcc";
  }

  @Override
  public boolean inPercent() {
    return true;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public double of(double[] gold, double[] predicted) {
    PairedValues.requireClasses(this, gold, predicted, Integer.MAX_VALUE);
    Map<Integer, Integer> golds = new HashMap<>();
    Map<Integer, Integer> predictions = new HashMap<>();
    double correct = 0;
    for (int i = 0; i < gold.length; i++) {
      golds.merge((int) gold[i], 1, Integer::sum);
      predictions.merge((int) predicted[i], 1, Integer::sum);
      correct += gold[i] == predicted[i] ? 1 : 0;
    }
    double examples = gold.length;
    double covariance = correct * examples - product(golds, predictions);
    double goldVariance = examples * examples - product(golds, golds);
    double predictedVariance = examples * examples - product(predictions, predictions);
    if (goldVariance == 0 || predictedVariance == 0) {
      return 0;
    }
    return covariance / Math.sqrt(goldVariance * predictedVariance);
  }

  private static double product(Map<Integer, Integer> left, Map<Integer, Integer> right) {
    double sum = 0;
    for (Map.Entry<Integer, Integer> entry : left.entrySet()) {
      sum += (double) entry.getValue() * right.getOrDefault(entry.getKey(), 0);
    }
    return sum;
  }
}
