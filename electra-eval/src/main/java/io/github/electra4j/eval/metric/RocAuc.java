package io.github.electra4j.eval.metric;

/**
 * The probability that an example of class 1 has a higher score than one of class 0, equal scores
 * counting half: the area under the ROC curve, from 0 to 1. It is NaN if a class does not occur (as
 * scikit-learn warns). Predictions are scores, on any scale.
 */
public record RocAuc() implements Metric {
  @Override
  public String name() {
    return "roc_auc";
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
    double[] ranks = Spearman.ranks(predicted);
    double ones = 0;
    double rankSum = 0;
    for (int i = 0; i < gold.length; i++) {
      if (gold[i] == 1) {
        ones++;
        rankSum += ranks[i];
      }
    }
    double zeros = gold.length - ones;
    return ones == 0 || zeros == 0
        ? Double.NaN
        : (rankSum - ones * (ones + 1) / 2) / (ones * zeros);
  }
}
