package io.github.electra4j.eval.metric;

/** The share of examples whose predicted class is the gold class, from 0 to 1. */
public record Accuracy() implements Metric {
  @Override
  public String name() {
    return "accuracy";
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
    int correct = 0;
    for (int i = 0; i < gold.length; i++) {
      if (gold[i] == predicted[i]) {
        correct++;
      }
    }
    return (double) correct / gold.length;
  }
}
