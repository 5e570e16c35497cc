package io.github.electra4j.cli;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.graph.PretrainGraph;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.graph.Replacements;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Decides between two gradients of one weight by the slope of the loss of pre-training along their
 * difference, in double precision. The two predict slopes that differ by the length of the
 * difference. The replacements are held fixed, as the gradient takes them to be.
 */
final class PretrainingJudge implements AutoCloseable {
  private static final double STEP = 1e-5;

  private final Map<String, INDArray> weights;
  private final PretrainGraph graph;
  private final PretrainGraph.Input input;
  private final Replacements samples;
  private final List<String> refuted = new ArrayList<>();

  PretrainingJudge(
      ElectraConfig config,
      PretrainObjective objective,
      WeightMap start,
      MaskedBatch batch,
      Replacements samples) {
    this.weights = start.castTo(DataType.DOUBLE).copy();
    this.graph = PretrainGraph.evaluating(config, objective, weights);
    this.input = PretrainGraph.Input.whole(batch, 0);
    this.samples = samples;
  }

  /** The weights whose recorded gradients were refuted. */
  List<String> refuted() {
    return refuted;
  }

  /** Fails unless the slope agrees with {@code own} and contradicts {@code recorded}. */
  void refute(String name, double[] recorded, double[] own) {
    double[] direction = new double[own.length];
    double length = 0;
    for (int i = 0; i < own.length; i++) {
      direction[i] = recorded[i] - own[i];
      length += direction[i] * direction[i];
    }
    length = Math.sqrt(length);
    double ownSlope = 0;
    for (int i = 0; i < own.length; i++) {
      direction[i] /= length;
      ownSlope += direction[i] * own[i];
    }
    double slope = slope(name, direction);
    if (!(Math.abs(slope - ownSlope) < 0.05 * length)) {
      throw new AssertionError(
          "gradient of %s: the recorded one has slope %.9g along the difference, ours %.9g, the loss %.9g"
              .formatted(name, ownSlope + length, ownSlope, slope));
    }
    refuted.add(name);
  }

  private double slope(String name, double[] direction) {
    INDArray weight = weights.get(name);
    INDArray step = Nd4j.createFromArray(direction).reshape(weight.shape()).mul(STEP);
    INDArray before = weight.dup();
    weight.addi(step);
    double above = graph.run(input, samples, PretrainOutcome::loss);
    weight.assign(before).subi(step);
    double below = graph.run(input, samples, PretrainOutcome::loss);
    weight.assign(before);
    return (above - below) / (2 * STEP);
  }

  @Override
  public void close() {
    graph.close();
  }
}
