package io.github.electra4j.convert.verify;

import io.github.electra4j.model.Activations;
import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;
import java.util.List;
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

  private void compare(String output, INDArray left, INDArray right) {
    if (!Arrays.equals(left.shape(), right.shape())) {
      problem(
          "The %s have the shapes %s and %s."
              .formatted(output, Arrays.toString(left.shape()), Arrays.toString(right.shape())));
      return;
    }
    float[] first = left.dup('c').data().asFloat();
    float[] second = right.dup('c').data().asFloat();
    int width = first.length / (batch.batch() * batch.seq());
    double largest = 0;
    double sum = 0;
    double magnitude = 0;
    long count = 0;
    for (int i = 0; i < first.length; i++) {
      int token = i / width;
      if (batch.attentionMask()[token / batch.seq()][token % batch.seq()] == 1) {
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
