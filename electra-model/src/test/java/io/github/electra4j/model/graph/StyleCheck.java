package io.github.electra4j.model.graph;

import io.github.electra4j.model.execution.GraphRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One block in both styles over the same FLOAT weights: outputs and all gradients must agree, and
 * the fused gradients must agree with finite differences of the fused output along a random
 * direction of each weight. The loss is {@code sum(output · fixed random factors)}.
 */
final class StyleCheck {
  private static final double TOLERANCE = 1e-5;
  private static final double STEP = 1e-2;
  private static final double DIFFERENCE_TOLERANCE = 5e-3;

  /** Half an ulp of outputs near 1, several times, over a difference of steps. */
  private static final double ROUNDING = 2e-5;

  private final Map<String, INDArray> weights = new LinkedHashMap<>();
  private final Map<String, INDArray> feeds = new HashMap<>();
  private final Random random;

  StyleCheck(long seed) {
    this.random = new Random(seed);
  }

  /** Declares a weight before the block asks for it. */
  StyleCheck weight(String name, long... shape) {
    weights.put(name, normal(0.3, shape));
    return this;
  }

  /** A kernel and a bias below {@code path}. */
  StyleCheck dense(String path, int in, int out) {
    weights.put(path + "/kernel", normal(1 / Math.sqrt(in), in, out));
    return weight(path + "/bias", out);
  }

  /** Gamma and beta below {@code path}. */
  StyleCheck layerNorm(String path, int width) {
    return weight(path + "/gamma", width).weight(path + "/beta", width);
  }

  StyleCheck feed(String placeholder, INDArray array) {
    feeds.put(placeholder, array);
    return this;
  }

  private INDArray normal(double deviation, long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, deviation * random.nextGaussian());
    }
    return array;
  }

  /** What one style computes. */
  record Outcome(float[] output, Map<String, float[]> gradients) {}

  /** Fails, naming weight and element, where the styles or the differences disagree. */
  void check(Function<Scope, SDVariable> block) {
    compareStyles(block, true);
  }

  /** The same without finite differences, for a block whose rounding drowns them. */
  void checkStyles(Function<Scope, SDVariable> block) {
    compareStyles(block, false);
  }

  private void compareStyles(Function<Scope, SDVariable> block, boolean differences) {
    Outcome composed = run(GraphStyle.PORTABLE, block, null);
    float[] factors = new float[composed.output().length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) random.nextGaussian();
    }
    composed = run(GraphStyle.PORTABLE, block, factors);
    Outcome fused = run(GraphStyle.FUSED, block, factors);
    compare("output", composed.output(), fused.output());
    for (String name : composed.gradients().keySet()) {
      compare("gradient of " + name, composed.gradients().get(name), fused.gradients().get(name));
      if (differences) {
        compareWithDifferences(name, block, factors, fused.gradients().get(name));
      }
    }
  }

  /** Output, and gradients if {@code factors} are given. */
  Outcome run(GraphStyle style, Function<Scope, SDVariable> block, float[] factors) {
    Scope root = Scope.root(weights::get, style);
    SDVariable output = block.apply(root);
    if (factors == null) {
      try (GraphRunner runner = new GraphRunner(root.sd(), List.of(output.name()))) {
        return new Outcome(
            runner.run(feeds, out -> out.get(output.name()).dup().data().asFloat()), Map.of());
      }
    }
    SDVariable constant = root.sd().constant("factors", Nd4j.createFromArray(factors));
    SDVariable loss = output.reshape(-1).mul(constant).sum().rename("loss");
    List<String> used = weights.keySet().stream().filter(root.sd()::hasVariable).toList();
    GradientGraph graph = GradientGraph.of(loss, used);
    List<String> wanted = new ArrayList<>(graph.gradients().values());
    wanted.add(output.name());
    try (GraphRunner runner = new GraphRunner(graph.graph(), wanted)) {
      return runner.run(
          feeds,
          out -> {
            Map<String, float[]> gradients = new LinkedHashMap<>();
            graph
                .gradients()
                .forEach((name, grad) -> gradients.put(name, out.get(grad).dup().data().asFloat()));
            return new Outcome(out.get(output.name()).dup().data().asFloat(), gradients);
          });
    }
  }

  private static void compare(String what, float[] expected, float[] actual) {
    double scale = 0.1;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= TOLERANCE * scale)) {
        throw new AssertionError(
            "%s[%d] is %.9g composed and %.9g fused, largest %.3g"
                .formatted(what, i, expected[i], actual[i], scale));
      }
    }
  }

  private void compareWithDifferences(
      String name, Function<Scope, SDVariable> block, float[] factors, float[] gradient) {
    INDArray weight = weights.get(name);
    float[] before = weight.dup().data().asFloat();
    float[] direction = new float[before.length];
    double expected = 0;
    double size = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) (random.nextGaussian() / Math.sqrt(direction.length));
      expected += (double) direction[i] * gradient[i];
      size += (double) gradient[i] * gradient[i];
    }
    double above = moved(weight, before, direction, STEP, block, factors);
    double below = moved(weight, before, direction, -STEP, block, factors);
    moved(weight, before, direction, 0, block, factors);
    double numeric = (above - below) / (2 * STEP);
    double rounding = ROUNDING * Math.sqrt(factors.length);
    double tolerance = DIFFERENCE_TOLERANCE * Math.sqrt(size) + rounding;
    if (!(Math.abs(numeric - expected) <= tolerance)) {
      throw new AssertionError(
          "along a direction of %s the gradient is %.6g, the finite difference %.6g"
              .formatted(name, expected, numeric));
    }
  }

  private double moved(
      INDArray weight,
      float[] before,
      float[] direction,
      double step,
      Function<Scope, SDVariable> block,
      float[] factors) {
    for (int i = 0; i < before.length; i++) {
      weight.putScalar(i, before[i] + step * direction[i]);
    }
    float[] output = run(GraphStyle.FUSED, block, null).output();
    double loss = 0;
    for (int i = 0; i < output.length; i++) {
      loss += (double) output[i] * factors[i];
    }
    return loss;
  }
}
