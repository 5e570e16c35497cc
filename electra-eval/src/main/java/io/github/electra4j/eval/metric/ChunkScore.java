package io.github.electra4j.eval.metric;

/**
 * How well chunks were found.
 *
 * @param gold how many there are
 * @param found how many were predicted
 * @param correct how many were predicted with the right words and the right type
 */
public record ChunkScore(int gold, int found, int correct) {
  /** The share of the found ones that are right, from 0 to 1; 0 if none was found. */
  public double precision() {
    return found == 0 ? 0 : (double) correct / found;
  }

  /** The share of the gold ones that were found, from 0 to 1; 0 if there is none. */
  public double recall() {
    return gold == 0 ? 0 : (double) correct / gold;
  }

  /** The harmonic mean of both, from 0 to 1; 0 if nothing is right. */
  public double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }
}
