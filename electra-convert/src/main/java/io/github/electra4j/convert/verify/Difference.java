package io.github.electra4j.convert.verify;

import java.util.Arrays;
import java.util.Objects;

/**
 * How far one output of two networks is apart, over all tokens that are not padding.
 *
 * @param output what is compared, e.g. {@code discriminator layer 3}
 * @param shape lengths of its axes, [batch, seq, …], or [batch, outputs] of a head for whole texts
 * @param largest largest absolute difference; NaN if either side has a NaN
 * @param mean mean absolute difference
 * @param magnitude largest absolute number of the first model
 */
public record Difference(
    String output, long[] shape, double largest, double mean, double magnitude) {
  /** Copies the shape. */
  public Difference {
    Objects.requireNonNull(output, "output");
    shape = shape.clone();
  }

  /** The lengths of the axes; a fresh array. */
  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Whether no number differs by more than {@code tolerance}. */
  public boolean within(double tolerance) {
    return largest <= tolerance;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Difference difference
        && output.equals(difference.output)
        && Arrays.equals(shape, difference.shape)
        && Double.compare(largest, difference.largest) == 0
        && Double.compare(mean, difference.mean) == 0
        && Double.compare(magnitude, difference.magnitude) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(output, Arrays.hashCode(shape), largest, mean, magnitude);
  }

  /** E.g. {@code discriminator logits [2, 32]: largest 1.2e-07, mean 3.1e-08}. */
  @Override
  public String toString() {
    return "%s %s: largest %.3g, mean %.3g"
        .formatted(output, Arrays.toString(shape), largest, mean);
  }
}
