package io.github.electra4j.train.optimizer;

import io.github.electra4j.model.graph.NativeFloats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam without bias correction and with decoupled weight decay, as in google-research/electra
 * (model/optimization.py). For a parameter p with gradient g: {@code m ← β₁m + (1−β₁)g; v ← β₂v +
 * (1−β₂)g²; p ← p − rate·(m / (√v + ε) + decay·p)} with β₁ = 0.9, β₂ = 0.999, ε = 1e-6. Biases and
 * LayerNorm's parameters do not decay; embedding tables do.
 *
 * <p>Works in place on the native memory of the parameters, in blocks over all cores; the result
 * does not depend on the number of cores. Not for use by several threads at once.
 */
public final class AdamWeightDecay {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;

  /** 1 − β rounded once, as in the original; 1 − 0.999f would be 0.0010000467. */
  private static final float COMPLEMENT_1 = 0.1f;

  private static final float COMPLEMENT_2 = 0.001f;
  private static final float EPSILON = 1e-6f;
  private static final int BLOCK = 8192;
  private static final Pattern NOT_DECAYED = Pattern.compile("LayerNorm|layer_norm|bias");

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private final float weightDecay;

  private record Parameter(
      String name, INDArray value, INDArray moment1, INDArray moment2, float rateFactor) {}

  private record Block(Parameter parameter, int start, int count, boolean decayed) {}

  /**
   * @param values arrays that {@link #step} changes, dense FLOAT, by the name of their variable
   * @param layerwise rate factor of every variable
   * @param weightDecay share of a parameter taken off per unit of learning rate, at least 0
   */
  public AdamWeightDecay(
      Map<String, INDArray> values, LayerwiseDecay layerwise, double weightDecay) {
    if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
      throw new IllegalArgumentException(
          "The weight decay is %s; choose a number of at least 0".formatted(weightDecay));
    }
    this.weightDecay = (float) weightDecay;
    values.forEach((name, value) -> add(name, value, (float) layerwise.multiplier(name)));
  }

  private void add(String name, INDArray value, float rateFactor) {
    Parameter parameter = new Parameter(name, value, zeros(value), zeros(value), rateFactor);
    parameters.put(name, parameter);
    boolean decayed = weightDecay > 0 && !NOT_DECAYED.matcher(name).find();
    int length = Math.toIntExact(value.length());
    for (int start = 0; start < length; start += BLOCK) {
      blocks.add(new Block(parameter, start, Math.min(BLOCK, length - start), decayed));
    }
  }

  private static INDArray zeros(INDArray like) {
    return Nd4j.zeros(DataType.FLOAT, like.shape());
  }

  /**
   * One update of every parameter.
   *
   * @param gradients dense FLOAT arrays by the name of the variable, of the parameters' shapes
   * @param rate learning rate of this step, before the layer-wise factors
   * @param scale factor on the gradients, {@link GlobalNorm#scale}
   * @throws IllegalArgumentException when a parameter has no gradient
   */
  public void step(Map<String, INDArray> gradients, float rate, float scale) {
    Map<String, Memory> memories = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> memories.put(name, Memory.of(parameter, gradients.get(name))));
    blocks.parallelStream()
        .forEach(block -> update(block, memories.get(block.parameter().name()), rate, scale));
  }

  private record Memory(
      NativeFloats value, NativeFloats moment1, NativeFloats moment2, NativeFloats gradient) {
    static Memory of(Parameter parameter, INDArray gradient) {
      if (gradient == null) {
        throw new IllegalArgumentException(
            "Parameter %s was given no gradient".formatted(parameter.name()));
      }
      return new Memory(
          NativeFloats.of(parameter.value()),
          NativeFloats.of(parameter.moment1()),
          NativeFloats.of(parameter.moment2()),
          NativeFloats.of(gradient));
    }
  }

  private void update(Block block, Memory memory, float rate, float scale) {
    int count = block.count();
    float[] p = new float[count];
    float[] g = new float[count];
    float[] m = new float[count];
    float[] v = new float[count];
    memory.value().get(block.start(), p);
    memory.gradient().get(block.start(), g);
    memory.moment1().get(block.start(), m);
    memory.moment2().get(block.start(), v);
    float rateHere = rate * block.parameter().rateFactor();
    float decay = block.decayed() ? weightDecay : 0;
    for (int i = 0; i < count; i++) {
      float gradient = g[i] * scale;
      m[i] = BETA_1 * m[i] + COMPLEMENT_1 * gradient;
      v[i] = BETA_2 * v[i] + COMPLEMENT_2 * gradient * gradient;
      float direction = m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
      p[i] -= rateHere * (direction + decay * p[i]);
    }
    memory.value().put(block.start(), p);
    memory.moment1().put(block.start(), m);
    memory.moment2().put(block.start(), v);
  }

  /**
   * The moments under the names that the original's checkpoints give them, {@code NAME/adam_m} and
   * {@code NAME/adam_v}; the arrays are the optimizer's own.
   */
  public Map<String, INDArray> slots() {
    Map<String, INDArray> slots = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          slots.put(name + "/adam_m", parameter.moment1());
          slots.put(name + "/adam_v", parameter.moment2());
        });
    return slots;
  }

  /**
   * Takes moments over, e.g. from a checkpoint.
   *
   * @param slots arrays named as {@link #slots} names them; all must be there
   * @throws IllegalArgumentException when one is missing or of another shape
   */
  public void restore(Map<String, INDArray> slots) {
    take(slots, true);
  }

  /** As {@link #restore}, but tensors without moments begin with moments of 0. */
  public void restorePresent(Map<String, INDArray> slots) {
    take(slots, false);
  }

  private void take(Map<String, INDArray> slots, boolean all) {
    slots()
        .forEach(
            (name, own) -> {
              INDArray saved = slots.get(name);
              if (saved == null && !all) {
                return;
              }
              if (saved == null || !saved.equalShapes(own)) {
                throw new IllegalArgumentException(
                    "Optimizer slot %s is %s, wanted shape %s; start with a fresh optimizer"
                        .formatted(
                            name,
                            saved == null ? "missing" : java.util.Arrays.toString(saved.shape()),
                            java.util.Arrays.toString(own.shape())));
              }
              own.assign(saved);
            });
  }
}
