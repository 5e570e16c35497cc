package io.github.electra4j.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * The name, shape and first value of one tensor of a checkpoint, e.g. {@code
 * electra/embeddings/word_embeddings [30522, 128]}.
 *
 * <p>Names are those of google-research/electra, without {@code :0}. Two specs are equal when all
 * components are equal, the shape element by element.
 *
 * @param name path in the checkpoint, parts joined by {@code /}
 * @param shape lengths of the axes, each at least 1; empty for a scalar; dense kernels are {@code
 *     [in, out]}
 * @param initializer how a new model fills it
 * @param trainable whether the optimizer changes it
 */
public record TensorSpec(String name, long[] shape, Initializer initializer, boolean trainable) {

  /** How a new tensor is filled. */
  public enum Initializer {
    /** Normal, mean 0, standard deviation from the config, drawn again beyond two deviations. */
    TRUNCATED_NORMAL,
    /** Uniform in ±√(6 / (in + out)); needs a matrix. */
    GLOROT_UNIFORM,
    /** All 0: biases and LayerNorm's {@code beta}. */
    ZEROS,
    /** All 1: LayerNorm's {@code gamma}. */
    ONES
  }

  /**
   * Copies the shape and checks every component.
   *
   * @throws IllegalArgumentException if the name is blank, an axis is below 1, or Glorot's
   *     initializer meets anything but a matrix
   */
  public TensorSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(initializer, "initializer");
    shape = shape.clone();
    if (name.isBlank()) {
      throw new IllegalArgumentException("TensorSpec.name is blank; give the checkpoint path");
    }
    for (long axis : shape) {
      if (axis < 1) {
        throw new IllegalArgumentException(
            "Tensor %s has shape %s; every axis must be at least 1"
                .formatted(name, Arrays.toString(shape)));
      }
    }
    if (initializer == Initializer.GLOROT_UNIFORM && shape.length != 2) {
      throw new IllegalArgumentException(
          "Tensor %s has shape %s; GLOROT_UNIFORM is defined for a matrix [in, out]"
              .formatted(name, Arrays.toString(shape)));
    }
  }

  /** A tensor that the optimizer changes. */
  public static TensorSpec trainable(String name, Initializer initializer, long... shape) {
    return new TensorSpec(name, shape, initializer, true);
  }

  /** A tensor that only accompanies training, filled with 0, e.g. a moment of the optimizer. */
  public static TensorSpec state(String name, long... shape) {
    return new TensorSpec(name, shape, Initializer.ZEROS, false);
  }

  /** The lengths of the axes; a fresh array. */
  @Override
  public long[] shape() {
    return shape.clone();
  }

  /**
   * Number of elements; 1 for a scalar.
   *
   * @throws ArithmeticException beyond {@code Long.MAX_VALUE}
   */
  public long elements() {
    long count = 1;
    for (long axis : shape) {
      count = Math.multiplyExact(count, axis);
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorSpec spec
        && name.equals(spec.name)
        && Arrays.equals(shape, spec.shape)
        && initializer == spec.initializer
        && trainable == spec.trainable;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, Arrays.hashCode(shape), initializer, trainable);
  }

  /** E.g. {@code electra/embeddings_project/kernel [128, 256]}. */
  @Override
  public String toString() {
    return name + " " + Arrays.toString(shape);
  }
}
