package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import io.github.electra4j.train.task.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What heads compute, by this project and by the formulas of HuggingFace's classes. */
final class HeadFormulas {
  static final int[][] TEXTS = {{101, 7, 9, 12, 102}, {101, 55, 102}};
  private static final double TOLERANCE = 1e-4;

  private HeadFormulas() {}

  static List<HeadOutput> answers(Checkpoint checkpoint, TaskTarget target) {
    TaskHead head = checkpoint.heads().get(0);
    List<TaskExample> examples = new ArrayList<>();
    for (int i = 0; i < TEXTS.length; i++) {
      TokenSequence sequence = new TokenSequence(TEXTS[i], new int[TEXTS[i].length]);
      int candidates = target.sequences();
      List<TokenSequence> sequences = new ArrayList<>();
      for (int s = 0; s < candidates; s++) {
        sequences.add(sequence);
      }
      examples.add(new TaskExample(i, head.task(), sequences, target));
    }
    try (FineTunedModel model = FineTunedModel.of(checkpoint, head)) {
      return model.answers(LabelledBatch.of(examples, 40));
    }
  }

  static float[][] scores(Checkpoint checkpoint, TaskTarget target) {
    return answers(checkpoint, target).stream()
        .map(output -> ((HeadOutput.Scores) output).values())
        .toArray(float[][]::new);
  }

  /** The encoder's vectors of a text, [seq][hidden], computed without a head. */
  static double[][] vectors(Checkpoint checkpoint, int[] text) {
    try (Discriminator model = Discriminator.of(checkpoint.config(), checkpoint.weights())) {
      List<INDArray> layers =
          model.activations(io.github.electra4j.model.TokenBatch.of(text)).layers();
      return layers.get(layers.size() - 1).reshape(text.length, -1).toDoubleMatrix();
    }
  }

  /** {@code weight·x + bias}, the weight as PyTorch has it, [out, in]. */
  static double[] dense(Map<String, INDArray> tensors, String layer, double[] x) {
    INDArray weight = tensors.get(layer + ".weight");
    double[] y = new double[(int) weight.size(0)];
    for (int row = 0; row < y.length; row++) {
      y[row] = tensors.get(layer + ".bias").getDouble(row);
      for (int i = 0; i < x.length; i++) {
        y[row] += weight.getDouble(row, i) * x[i];
      }
    }
    return y;
  }

  /** {@code x·Φ(x)}, the normal distribution integrated by Simpson's rule. */
  static double gelu(double x) {
    int steps = 2000;
    double step = x / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * Math.exp(-(i * step) * (i * step) / 2);
    }
    return x * (0.5 + sum * step / 3 / Math.sqrt(2 * Math.PI));
  }

  static double[] deep(Map<String, INDArray> tensors, String hidden, String last, double[] x) {
    double[] between = dense(tensors, hidden, x);
    for (int i = 0; i < between.length; i++) {
      between[i] = gelu(between[i]);
    }
    return dense(tensors, last, between);
  }

  static void assertScores(
      Map<String, INDArray> tensors, String hidden, String last, Checkpoint model, float[][] all) {
    for (int i = 0; i < TEXTS.length; i++) {
      double[] expected = deep(tensors, hidden, last, vectors(model, TEXTS[i])[0]);
      for (int output = 0; output < all[i].length; output++) {
        assertEquals(expected[output % expected.length], all[i][output], TOLERANCE);
      }
    }
  }
}
