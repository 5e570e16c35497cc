package io.github.electra4j.eval.metric;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The area under the curve of precision over recall of class 1, as the sum of {@code (Rₙ −
 * Rₙ₋₁)·Pₙ} over the thresholds, from 0 to 1: scikit-learn's {@code average_precision_score}. Equal
 * scores pass the threshold together. It is 0 if class 1 does not occur. Predictions are scores.
 */
public record AveragePrecision() implements Metric {
  @Override
  public String name() {
    return "average_precision";
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
    PairedValues.requireBinary(this, gold, predicted);
    Integer[] order = new Integer[gold.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -predicted[i]));
    double ones = Arrays.stream(gold).sum();
    if (ones == 0) {
      return 0;
    }
    double area = 0;
    double right = 0;
    double before = 0;
    for (int i = 0; i < order.length; i++) {
      right += gold[order[i]];
      boolean last = i + 1 == order.length || predicted[order[i + 1]] != predicted[order[i]];
      if (last) {
        area += (right - before) / ones * (right / (i + 1));
        before = right;
      }
    }
    return area;
  }
}
