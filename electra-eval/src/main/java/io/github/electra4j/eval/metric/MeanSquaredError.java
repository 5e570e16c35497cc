package io.github.electra4j.eval.metric;

/** The mean of the squared differences, at least 0, in the square of the scores' unit. */
public record MeanSquaredError() implements Metric {
  @Override
  public String name() {
    return "mse";
  }

  @Override
  public boolean inPercent() {
    return false;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public double of(double[] gold, double[] predicted) {
    PairedValues.require(this, gold, predicted);
    double sum = 0;
    for (int i = 0; i < gold.length; i++) {
      double difference = gold[i] - predicted[i];
      sum += difference * difference;
    }
    return sum / gold.length;
  }
}
