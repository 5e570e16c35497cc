package io.github.electra4j.convert.verify;

import io.github.electra4j.model.Activations;
import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares what two networks compute for a batch, token by token, without padding. */
final class OutputComparison {
  private final TokenBatch batch;
  private final List<Difference> differences;
  private final List<String> problems;

  /**
   * @param differences receives one entry per output
   * @param problems receives what cannot be compared
   */
  OutputComparison(TokenBatch batch, List<Difference> differences, List<String> problems) {
    this.batch = batch;
    this.differences = differences;
    this.problems = problems;
  }

  void problem(String text) {
    problems.add(text);
  }

  /** Compares embeddings, every layer that both have, and logits. */
  void compare(String network, Activations left, Activations right) {
    compare(network + " embeddings", left.embeddings(), right.embeddings());
    int layers = Math.min(left.layers().size(), right.layers().size());
    for (int i = 0; i < layers; i++) {
      compare(network + " layer " + i, left.layers().get(i), right.layers().get(i));
    }
    if (left.layers().size() != right.layers().size()) {
      problem(
          "The %ss differ in their number of layers: %d and %d."
              .formatted(network, left.layers().size(), right.layers().size()));
    }
    if (!left.logits().isEmpty() && !right.logits().isEmpty()) {
      compare(network + " logits", left.logits(), right.logits());
    }
  }

  /** Compares what a head computes on both sides, if it is as much. */
  void compare(String output, HeadOutputs.Output left, HeadOutputs.Output right) {
    if (left.perToken() || right.perToken()) {
      compare(output, left.array(), right.array());
    } else if (sameShape(output, left.array(), right.array())) {
      add(output, left.array(), right.array(), row -> true);
    }
  }

  private void compare(String output, INDArray left, INDArray right) {
    if (sameShape(output, left, right)) {
      long width = left.length() / ((long) batch.batch() * batch.seq());
      add(output, left, right, index -> isReal((int) (index / width)));
    }
  }

  private boolean isReal(int token) {
    return batch.attentionMask()[token / batch.seq()][token % batch.seq()] == 1;
  }

  private boolean sameShape(String output, INDArray left, INDArray right) {
    if (!Arrays.equals(left.shape(), right.shape())) {
      problem(
          "The %s have the shapes %s and %s."
              .formatted(output, Arrays.toString(left.shape()), Arrays.toString(right.shape())));
      return false;
    }
    return true;
  }

  /**
   * Adds the difference of two arrays of one shape.
   *
   * @param counted which numbers count, by their place in the array
   */
  private void add(String output, INDArray left, INDArray right, IntPredicate counted) {
    float[] first = left.dup('c').data().asFloat();
    float[] second = right.dup('c').data().asFloat();
    double largest = 0;
    double sum = 0;
    double magnitude = 0;
    long count = 0;
    for (int i = 0; i < first.length; i++) {
      if (counted.test(i)) {
        double difference = Math.abs((double) first[i] - second[i]);
        largest = Math.max(largest, difference); // NaN stays NaN
        sum += difference;
        magnitude = Math.max(magnitude, Math.abs(first[i]));
        count++;
      }
    }
    differences.add(new Difference(output, left.shape(), largest, sum / count, magnitude));
  }
}
