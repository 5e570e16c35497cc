package io.github.electra4j.eval.metric;

/**
 * The harmonic mean of precision and recall of class 1 among the classes 0 and 1, from 0 to 1:
 * {@code 2·tp / (2·tp + fp + fn)}. It is 0 if class 1 occurs neither among the gold answers nor
 * among the predictions, as in scikit-learn's {@code f1_score}.
 *
 * <p>The original has a scorer of this name which divides by the wrong count, so that its recall
 * equals its precision; no task uses it and it is not reproduced.
 */
public record F1() implements Metric {
  private static final int POSITIVE = 1;

  @Override
  public String name() {
    return "f1";
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
    PairedValues.requireClasses(this, gold, predicted, POSITIVE);
    int truePositives = 0;
    int falsePositives = 0;
    int falseNegatives = 0;
    for (int i = 0; i < gold.length; i++) {
      if (predicted[i] == POSITIVE && gold[i] == POSITIVE) {
        truePositives++;
      } else if (predicted[i] == POSITIVE) {
        falsePositives++;
      } else if (gold[i] == POSITIVE) {
        falseNegatives++;
      }
    }
    double denominator = 2.0 * truePositives + falsePositives + falseNegatives;
    return denominator == 0 ? 0 : 2.0 * truePositives / denominator;
  }
}
