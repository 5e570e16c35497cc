package io.github.electra4j.model.graph;

import io.github.electra4j.model.execution.GraphRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Central finite differences in double precision against the gradient graph: every element of every
 * weight of a block, for the loss {@code sum(output * fixed random factors)}.
 */
final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  private final Map<String, INDArray> weights = new LinkedHashMap<>();
  private final Map<String, INDArray> feeds = new HashMap<>();
  private final Random random;
  private final Scope scope;

  GradientCheck(long seed) {
    this.random = new Random(seed);
    this.scope = Scope.root(this::weight);
  }

  /** Declares a weight before the block asks for it. */
  GradientCheck weight(String name, long... shape) {
    weights.put(name, normal(shape));
    return this;
  }

  /** A kernel and a bias below {@code path}. */
  GradientCheck dense(String path, int in, int out) {
    return weight(path + "/kernel", in, out).weight(path + "/bias", out);
  }

  /** Gamma and beta below {@code path}. */
  GradientCheck layerNorm(String path, int width) {
    return weight(path + "/gamma", width).weight(path + "/beta", width);
  }

  Scope scope() {
    return scope;
  }

  SameDiff graph() {
    return scope.sd();
  }

  void feed(String placeholder, INDArray array) {
    feeds.put(placeholder, array);
  }

  INDArray normal(long... shape) {
    int length = 1;
    for (long size : shape) {
      length *= Math.toIntExact(size);
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.5 * random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }

  /** An input of the block that is itself differentiated, as a weight would be. */
  SDVariable input(String name, long... shape) {
    weight(name, shape);
    return scope.weight(name);
  }

  /** Fails, naming weight and element, where gradient and finite difference disagree. */
  void check(SDVariable output, long... outputShape) {
    SDVariable factors = graph().constant("factors", normal(outputShape));
    SDVariable loss = output.mul(factors).sum().rename("loss");
    graph().setLossVariables(loss.name());
    List<String> used = weights.keySet().stream().filter(graph()::hasVariable).toList();
    graph().createGradFunction(used.toArray(String[]::new));
    List<String> names = new ArrayList<>();
    used.forEach(name -> names.add(graph().grad(name).name()));
    SameDiff gradients = graph().getFunction("grad");
    try (GraphRunner forward = new GraphRunner(graph(), List.of("loss"));
        GraphRunner backward = new GraphRunner(gradients, names)) {
      for (int i = 0; i < used.size(); i++) {
        String gradient = names.get(i);
        INDArray analytic = backward.run(feeds, out -> out.get(gradient).dup());
        compare(used.get(i), analytic, forward);
      }
    }
  }

  private void compare(String name, INDArray analytic, GraphRunner forward) {
    INDArray weight = weights.get(name);
    double scale = Math.max(1, analytic.amaxNumber().doubleValue());
    for (long i = 0; i < weight.length(); i++) {
      double value = weight.getDouble(i);
      weight.putScalar(i, value + STEP);
      double above = loss(forward);
      weight.putScalar(i, value - STEP);
      double below = loss(forward);
      weight.putScalar(i, value);
      double numeric = (above - below) / (2 * STEP);
      if (!(Math.abs(numeric - analytic.getDouble(i)) <= TOLERANCE * scale)) {
        throw new AssertionError(
            "gradient of %s[%d] is %.9g, finite difference %.9g"
                .formatted(name, i, analytic.getDouble(i), numeric));
      }
    }
  }

  private double loss(GraphRunner forward) {
    return forward.run(feeds, out -> out.get("loss").getDouble(0));
  }

  private INDArray weight(String name) {
    INDArray array = weights.get(name);
    if (array == null) {
      throw new AssertionError("the block asks for an undeclared weight " + name);
    }
    return array;
  }

  /** INT [values.length]. */
  static INDArray ids(int... values) {
    return Nd4j.createFromArray(values);
  }

  /** DOUBLE [rows, columns]. */
  static INDArray mask(double[][] values) {
    return Nd4j.createFromArray(values).castTo(DataType.DOUBLE);
  }
}
