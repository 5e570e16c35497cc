package io.github.electra4j.eval.metric;

import java.util.Map;
import java.util.TreeMap;

/**
 * The mean of the F1 of every class that is gold or predicted, from 0 to 1; each class counts
 * alike, however rare. The F1 of a class that is never right is 0. As scikit-learn's {@code
 * f1_score(average="macro")}.
 */
public record MacroF1() implements Metric {
  @Override
  public String name() {
    return "macro_f1";
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
    return byClass(gold, predicted).values().stream()
        .mapToDouble(ChunkScore::f1)
        .average()
        .orElseThrow();
  }

  /**
   * Counts per class.
   *
   * @return by the index of the class; how often it is gold, was found, and was found rightly
   * @throws IllegalArgumentException as {@link #of}
   */
  public Map<Integer, ChunkScore> byClass(double[] gold, double[] predicted) {
    PairedValues.requireClasses(this, gold, predicted, Integer.MAX_VALUE);
    Map<Integer, ChunkScore> classes = new TreeMap<>();
    for (int i = 0; i < gold.length; i++) {
      boolean right = gold[i] == predicted[i];
      add(classes, (int) gold[i], new ChunkScore(1, 0, right ? 1 : 0));
      add(classes, (int) predicted[i], new ChunkScore(0, 1, 0));
    }
    return classes;
  }

  private static void add(Map<Integer, ChunkScore> classes, int index, ChunkScore more) {
    classes.merge(
        index,
        more,
        (a, b) ->
            new ChunkScore(a.gold() + b.gold(), a.found() + b.found(), a.correct() + b.correct()));
  }
}
