package io.github.electra4j.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * First values of tensors. Each tensor has a random stream of its own, seeded by the run's seed and
 * the tensor's name, and only strictly reproducible arithmetic is used, so that machines, threads
 * and the presence of other tensors make no difference.
 */
final class WeightInitializer {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /**
   * Draws beyond so many standard deviations are repeated, as TensorFlow's truncated normal does.
   */
  private static final double CUT = 2;

  private WeightInitializer() {}

  static INDArray fill(TensorSpec spec, double standardDeviation, long seed) {
    float[] values = new float[Math.toIntExact(spec.elements())];
    switch (spec.initializer()) {
      case ZEROS -> Arrays.fill(values, 0f);
      case ONES -> Arrays.fill(values, 1f);
      case TRUNCATED_NORMAL -> truncatedNormal(values, standardDeviation, stream(spec, seed));
      case GLOROT_UNIFORM -> {
        long[] shape = spec.shape();
        double limit = Math.sqrt(6.0 / (shape[0] + shape[1]));
        uniform(values, limit, stream(spec, seed));
      }
    }
    return Nd4j.createFromArray(values).reshape('c', spec.shape());
  }

  private static void uniform(float[] values, double limit, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  /** Marsaglia's polar method: a point in the unit disc gives two independent normal numbers. */
  private static void truncatedNormal(
      float[] values, double standardDeviation, SplittableRandom random) {
    int filled = 0;
    while (filled < values.length) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double squared = x * x + y * y;
      if (squared >= 1 || squared == 0) {
        continue;
      }
      double factor = Math.sqrt(-2 * StrictMath.log(squared) / squared);
      if (Math.abs(x * factor) <= CUT) {
        values[filled++] = (float) (x * factor * standardDeviation);
      }
      if (filled < values.length && Math.abs(y * factor) <= CUT) {
        values[filled++] = (float) (y * factor * standardDeviation);
      }
    }
  }

  private static SplittableRandom stream(TensorSpec spec, long seed) {
    long hash = FNV_OFFSET;
    for (byte letter : spec.name().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (letter & 0xff)) * FNV_PRIME;
    }
    return new SplittableRandom(hash ^ new SplittableRandom(seed).nextLong());
  }
}
