package io.github.electra4j.model.compute;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorMath} by the JDK's Vector API, in the widest vectors of the processor, for what the
 * JIT compiler does not vectorise by itself. What does not fill a vector is left to {@link
 * PlainMath}.
 *
 * <p>No method here passes a vector to another: where the compiler does not inline the callee,
 * vectors become objects and the loop many times slower.
 */
final class SimdMath extends PlainMath {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int WIDTH = FLOATS.length();

  // coefficients of the polynomials of PlainMath; the number is half the power of t, rounded down
  private static final FloatVector ERF_EVEN_8 = FloatVector.broadcast(FLOATS, 3.9374086E-4f);
  private static final FloatVector ERF_EVEN_7 = FloatVector.broadcast(FLOATS, 5.528947E-4f);
  private static final FloatVector ERF_EVEN_6 = FloatVector.broadcast(FLOATS, 0.004379646f);
  private static final FloatVector ERF_EVEN_5 = FloatVector.broadcast(FLOATS, 0.012177927f);
  private static final FloatVector ERF_EVEN_4 = FloatVector.broadcast(FLOATS, 0.030624324f);
  private static final FloatVector ERF_EVEN_3 = FloatVector.broadcast(FLOATS, 0.058167435f);
  private static final FloatVector ERF_EVEN_2 = FloatVector.broadcast(FLOATS, 0.09062451f);
  private static final FloatVector ERF_EVEN_1 = FloatVector.broadcast(FLOATS, 0.1340833f);
  private static final FloatVector ERF_EVEN_0 = FloatVector.broadcast(FLOATS, 0.36073682f);
  private static final FloatVector ERF_ODD_7 = FloatVector.broadcast(FLOATS, -9.3927194E-4f);
  private static final FloatVector ERF_ODD_6 = FloatVector.broadcast(FLOATS, -0.001045278f);
  private static final FloatVector ERF_ODD_5 = FloatVector.broadcast(FLOATS, -0.008170484f);
  private static final FloatVector ERF_ODD_4 = FloatVector.broadcast(FLOATS, -0.01961749f);
  private static final FloatVector ERF_ODD_3 = FloatVector.broadcast(FLOATS, -0.043585733f);
  private static final FloatVector ERF_ODD_2 = FloatVector.broadcast(FLOATS, -0.07398989f);
  private static final FloatVector ERF_ODD_1 = FloatVector.broadcast(FLOATS, -0.10918185f);
  private static final FloatVector ERF_ODD_0 = FloatVector.broadcast(FLOATS, -0.18010856f);
  private static final FloatVector POWER_EVEN_5 = FloatVector.broadcast(FLOATS, 2.4844514E-4f);
  private static final FloatVector POWER_EVEN_4 = FloatVector.broadcast(FLOATS, 0.003068838f);
  private static final FloatVector POWER_EVEN_3 = FloatVector.broadcast(FLOATS, 0.027853433f);
  private static final FloatVector POWER_EVEN_2 = FloatVector.broadcast(FLOATS, 0.13359724f);
  private static final FloatVector POWER_EVEN_1 = FloatVector.broadcast(FLOATS, 0.256516f);
  private static final FloatVector POWER_EVEN_0 = FloatVector.broadcast(FLOATS, 0.08208499f);
  private static final FloatVector POWER_ODD_5 = FloatVector.broadcast(FLOATS, -5.5810666E-5f);
  private static final FloatVector POWER_ODD_4 = FloatVector.broadcast(FLOATS, -8.542539E-4f);
  private static final FloatVector POWER_ODD_3 = FloatVector.broadcast(FLOATS, -0.0099458555f);
  private static final FloatVector POWER_ODD_2 = FloatVector.broadcast(FLOATS, -0.0667994f);
  private static final FloatVector POWER_ODD_1 = FloatVector.broadcast(FLOATS, -0.2137632f);
  private static final FloatVector POWER_ODD_0 = FloatVector.broadcast(FLOATS, -0.20521249f);

  @Override
  public void gelu(float[] x, float[] y, int n) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector h = v.mul(SQRT_HALF).min(ERF_LIMIT).max(-ERF_LIMIT);
      FloatVector t = h.mul(h).mul(SQUARE_SCALE).sub(1);
      FloatVector s = t.mul(t);
      FloatVector even = ERF_EVEN_8.fma(s, ERF_EVEN_7);
      even = even.fma(s, ERF_EVEN_6);
      even = even.fma(s, ERF_EVEN_5);
      even = even.fma(s, ERF_EVEN_4);
      even = even.fma(s, ERF_EVEN_3);
      even = even.fma(s, ERF_EVEN_2);
      even = even.fma(s, ERF_EVEN_1);
      even = even.fma(s, ERF_EVEN_0);
      FloatVector odd = ERF_ODD_7.fma(s, ERF_ODD_6);
      odd = odd.fma(s, ERF_ODD_5);
      odd = odd.fma(s, ERF_ODD_4);
      odd = odd.fma(s, ERF_ODD_3);
      odd = odd.fma(s, ERF_ODD_2);
      odd = odd.fma(s, ERF_ODD_1);
      odd = odd.fma(s, ERF_ODD_0);
      v.mul(0.5f).mul(odd.mul(t).add(even).mul(h).add(1)).intoArray(y, i);
    }
    gelu(x, y, end, n);
  }

  @Override
  public void geluGradient(float[] x, float[] dy, int n) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector h = v.mul(SQRT_HALF).min(ERF_LIMIT).max(-ERF_LIMIT);
      FloatVector t = h.mul(h).mul(SQUARE_SCALE).sub(1);
      FloatVector s = t.mul(t);
      FloatVector even = ERF_EVEN_8.fma(s, ERF_EVEN_7);
      even = even.fma(s, ERF_EVEN_6);
      even = even.fma(s, ERF_EVEN_5);
      even = even.fma(s, ERF_EVEN_4);
      even = even.fma(s, ERF_EVEN_3);
      even = even.fma(s, ERF_EVEN_2);
      even = even.fma(s, ERF_EVEN_1);
      even = even.fma(s, ERF_EVEN_0);
      FloatVector odd = ERF_ODD_7.fma(s, ERF_ODD_6);
      odd = odd.fma(s, ERF_ODD_5);
      odd = odd.fma(s, ERF_ODD_4);
      odd = odd.fma(s, ERF_ODD_3);
      odd = odd.fma(s, ERF_ODD_2);
      odd = odd.fma(s, ERF_ODD_1);
      odd = odd.fma(s, ERF_ODD_0);
      FloatVector distribution = odd.mul(t).add(even).mul(h).mul(0.5f).add(0.5f);
      FloatVector g = v.mul(SQRT_HALF).min(DENSITY_LIMIT).max(-DENSITY_LIMIT);
      t = g.mul(g).mul(QUARTER_SCALE).sub(1);
      s = t.mul(t);
      even = POWER_EVEN_5.fma(s, POWER_EVEN_4);
      even = even.fma(s, POWER_EVEN_3);
      even = even.fma(s, POWER_EVEN_2);
      even = even.fma(s, POWER_EVEN_1);
      even = even.fma(s, POWER_EVEN_0);
      odd = POWER_ODD_5.fma(s, POWER_ODD_4);
      odd = odd.fma(s, POWER_ODD_3);
      odd = odd.fma(s, POWER_ODD_2);
      odd = odd.fma(s, POWER_ODD_1);
      odd = odd.fma(s, POWER_ODD_0);
      FloatVector root = odd.mul(t).add(even);
      root = root.mul(root);
      distribution
          .add(root.mul(root).mul(g).mul(SLOPE))
          .mul(FloatVector.fromArray(FLOATS, dy, i))
          .intoArray(dy, i);
    }
    geluGradient(x, dy, end, n);
  }

  @Override
  float max(float[] x, int n) {
    int end = FLOATS.loopBound(n);
    FloatVector maxima = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < end; i += WIDTH) {
      maxima = maxima.max(FloatVector.fromArray(FLOATS, x, i));
    }
    float max = maxima.reduceLanes(VectorOperators.MAX);
    for (int i = end; i < n; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /** {@code x = e^(x − max)}; returns the sum. The steps are those of {@link PlainMath#exp}. */
  @Override
  float powers(float[] x, float max, int n) {
    int end = FLOATS.loopBound(n);
    FloatVector sums = FloatVector.zero(FLOATS);
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i).sub(max);
      FloatVector clamped = v.max(EXP_LIMIT);
      FloatVector rounded = clamped.mul(LOG2_E).add(ROUNDER);
      FloatVector exponent = rounded.sub(ROUNDER);
      FloatVector r = clamped.sub(exponent.mul(LN2_HIGH)).sub(exponent.mul(LN2_LOW));
      FloatVector p = r.mul(1f / 5040).add(1f / 720);
      p = p.mul(r).add(1f / 120);
      p = p.mul(r).add(1f / 24);
      p = p.mul(r).add(1f / 6);
      p = p.mul(r).add(0.5f);
      p = p.fma(r, one);
      p = p.fma(r, one);
      FloatVector power =
          p.reinterpretAsInts()
              .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats()
              .blend(0, v.compare(VectorOperators.LT, EXP_LIMIT));
      power.intoArray(x, i);
      sums = sums.add(power);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (int i = end; i < n; i++) {
      x[i] = exp(x[i] - max);
      sum += x[i];
    }
    return sum;
  }

  @Override
  float sum(float[] x, int n) {
    int end = FLOATS.loopBound(n);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = 0; i < end; i += WIDTH) {
      sums = sums.add(FloatVector.fromArray(FLOATS, x, i));
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (int i = end; i < n; i++) {
      sum += x[i];
    }
    return sum;
  }

  @Override
  float squares(float[] x, float mean, int n) {
    int end = FLOATS.loopBound(n);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector centred = FloatVector.fromArray(FLOATS, x, i).sub(mean);
      sums = centred.fma(centred, sums);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (int i = end; i < n; i++) {
      sum += (x[i] - mean) * (x[i] - mean);
    }
    return sum;
  }

  @Override
  float product(float[] x, float[] y, int n) {
    int end = FLOATS.loopBound(n);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = 0; i < end; i += WIDTH) {
      sums = FloatVector.fromArray(FLOATS, x, i).fma(FloatVector.fromArray(FLOATS, y, i), sums);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (int i = end; i < n; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  @Override
  int dropPairs(float[] x, DropoutMask mask, long first, int start, int n) {
    long index = (first + start) >> 1;
    long step = DropoutMask.GOLDEN_GAMMA * LONGS.length();
    LongVector counter =
        LongVector.broadcast(LONGS, index)
            .addIndex(1)
            .mul(DropoutMask.GOLDEN_GAMMA)
            .add(mask.key());
    int i = start;
    for (; i + WIDTH <= n; i += WIDTH) {
      LongVector z = counter;
      z = z.lanewise(VectorOperators.LSHR, 30).lanewise(VectorOperators.XOR, z);
      z = z.mul(DropoutMask.FACTOR_1);
      z = z.lanewise(VectorOperators.LSHR, 27).lanewise(VectorOperators.XOR, z);
      z = z.mul(DropoutMask.FACTOR_2);
      z = z.lanewise(VectorOperators.LSHR, 31).lanewise(VectorOperators.XOR, z);
      VectorMask<Integer> dropped =
          z.reinterpretAsInts().compare(VectorOperators.LT, mask.threshold());
      FloatVector.fromArray(FLOATS, x, i)
          .mul(mask.scale())
          .reinterpretAsInts()
          .blend(0, dropped)
          .reinterpretAsFloats()
          .intoArray(x, i);
      counter = counter.add(step);
    }
    return super.dropPairs(x, mask, first, i, n);
  }
}
