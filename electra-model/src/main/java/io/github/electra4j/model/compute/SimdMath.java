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

  @Override
  public void gelu(float[] x, float[] y, int n) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector h = v.mul(SQRT_HALF).min(ERF_LIMIT).max(-ERF_LIMIT);
      FloatVector t = h.mul(h).mul(SQUARE_SCALE).sub(1);
      FloatVector s = t.mul(t);
      FloatVector even = s.mul(3.9374086E-4f).add(5.528947E-4f);
      even = even.mul(s).add(0.004379646f);
      even = even.mul(s).add(0.012177927f);
      even = even.mul(s).add(0.030624324f);
      even = even.mul(s).add(0.058167435f);
      even = even.mul(s).add(0.09062451f);
      even = even.mul(s).add(0.1340833f);
      even = even.mul(s).add(0.36073682f);
      FloatVector odd = s.mul(-9.3927194E-4f).add(-0.001045278f);
      odd = odd.mul(s).add(-0.008170484f);
      odd = odd.mul(s).add(-0.01961749f);
      odd = odd.mul(s).add(-0.043585733f);
      odd = odd.mul(s).add(-0.07398989f);
      odd = odd.mul(s).add(-0.10918185f);
      odd = odd.mul(s).add(-0.18010856f);
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
      FloatVector even = s.mul(3.9374086E-4f).add(5.528947E-4f);
      even = even.mul(s).add(0.004379646f);
      even = even.mul(s).add(0.012177927f);
      even = even.mul(s).add(0.030624324f);
      even = even.mul(s).add(0.058167435f);
      even = even.mul(s).add(0.09062451f);
      even = even.mul(s).add(0.1340833f);
      even = even.mul(s).add(0.36073682f);
      FloatVector odd = s.mul(-9.3927194E-4f).add(-0.001045278f);
      odd = odd.mul(s).add(-0.008170484f);
      odd = odd.mul(s).add(-0.01961749f);
      odd = odd.mul(s).add(-0.043585733f);
      odd = odd.mul(s).add(-0.07398989f);
      odd = odd.mul(s).add(-0.10918185f);
      odd = odd.mul(s).add(-0.18010856f);
      FloatVector distribution = odd.mul(t).add(even).mul(h).mul(0.5f).add(0.5f);
      FloatVector g = v.mul(SQRT_HALF).min(DENSITY_LIMIT).max(-DENSITY_LIMIT);
      t = g.mul(g).mul(QUARTER_SCALE).sub(1);
      s = t.mul(t);
      even = s.mul(2.4844514E-4f).add(0.003068838f);
      even = even.mul(s).add(0.027853433f);
      even = even.mul(s).add(0.13359724f);
      even = even.mul(s).add(0.256516f);
      even = even.mul(s).add(0.08208499f);
      odd = s.mul(-5.5810666E-5f).add(-8.542539E-4f);
      odd = odd.mul(s).add(-0.0099458555f);
      odd = odd.mul(s).add(-0.0667994f);
      odd = odd.mul(s).add(-0.2137632f);
      odd = odd.mul(s).add(-0.20521249f);
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
