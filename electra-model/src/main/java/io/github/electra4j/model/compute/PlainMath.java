package io.github.electra4j.model.compute;

/**
 * {@link VectorMath} in plain Java. Loops without sums are simple enough for the JIT compiler to
 * vectorise by itself; the polynomials are Chebyshev fits made for this class, evaluated as two
 * chains, over even and odd powers, that run side by side.
 */
class PlainMath implements VectorMath {
  /** |x| of GELU's erf, {@code x / √2}, is capped here, where erf is 1 in single precision. */
  static final float ERF_LIMIT = 3.92f;

  /** The same argument is capped here for the normal density, which is then below 1e-9. */
  static final float DENSITY_LIMIT = 4.47f;

  static final float SQRT_HALF = (float) Math.sqrt(0.5);

  /** √2 times the normal density at 0: h · SLOPE is x times that density. */
  static final float SLOPE = (float) (1 / Math.sqrt(Math.PI));

  /** Maps h², the square of a capped argument, to [−1, 1], after subtracting 1. */
  static final float SQUARE_SCALE = 2 / (ERF_LIMIT * ERF_LIMIT);

  /** Maps a quarter of h² to [−1, 1] for a range of h² up to 20, after subtracting 1. */
  static final float QUARTER_SCALE = 0.1f;

  /** e^x is taken as 0 below: the smallest normal float is near. */
  static final float EXP_LIMIT = -87;

  static final float LOG2_E = (float) (1 / Math.log(2));

  /** ln 2 in two parts, the first with few bits, so that its multiples are exact. */
  static final float LN2_HIGH = 355f / 512;

  static final float LN2_LOW = (float) (Math.log(2) - 355.0 / 512);

  /** 1.5 · 2^23: adding it rounds to an integer, which then stands in the low bits. */
  static final float ROUNDER = 12582912;

  @Override
  public void gelu(float[] x, float[] y, int n) {
    gelu(x, y, 0, n);
  }

  static void gelu(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      float h = Math.max(-ERF_LIMIT, Math.min(ERF_LIMIT, x[i] * SQRT_HALF));
      y[i] = x[i] * 0.5f * (1 + h * erfOverArgument(h * h * SQUARE_SCALE - 1));
    }
  }

  /** In two loops: the compiler does not vectorise one of that length. */
  @Override
  public void geluGradient(float[] x, float[] dy, int n) {
    float[] distribution = new float[n];
    for (int i = 0; i < n; i++) {
      float h = Math.max(-ERF_LIMIT, Math.min(ERF_LIMIT, x[i] * SQRT_HALF));
      distribution[i] = 0.5f + 0.5f * h * erfOverArgument(h * h * SQUARE_SCALE - 1);
    }
    for (int i = 0; i < n; i++) {
      float g = Math.max(-DENSITY_LIMIT, Math.min(DENSITY_LIMIT, x[i] * SQRT_HALF));
      float root = fourthRootOfPower(g * g * QUARTER_SCALE - 1);
      dy[i] *= distribution[i] + g * SLOPE * (root * root * root * root);
    }
  }

  static void geluGradient(float[] x, float[] dy, int from, int to) {
    for (int i = from; i < to; i++) {
      float h = Math.max(-ERF_LIMIT, Math.min(ERF_LIMIT, x[i] * SQRT_HALF));
      float g = Math.max(-DENSITY_LIMIT, Math.min(DENSITY_LIMIT, x[i] * SQRT_HALF));
      float root = fourthRootOfPower(g * g * QUARTER_SCALE - 1);
      float distribution = 0.5f + 0.5f * h * erfOverArgument(h * h * SQUARE_SCALE - 1);
      dy[i] *= distribution + g * SLOPE * (root * root * root * root);
    }
  }

  /** {@code erf(h) / h} for {@code t = h² · SQUARE_SCALE − 1} in [−1, 1]. */
  private static float erfOverArgument(float t) {
    float s = t * t;
    float even = 3.9374086E-4f;
    even = even * s + 5.528947E-4f;
    even = even * s + 0.004379646f;
    even = even * s + 0.012177927f;
    even = even * s + 0.030624324f;
    even = even * s + 0.058167435f;
    even = even * s + 0.09062451f;
    even = even * s + 0.1340833f;
    even = even * s + 0.36073682f;
    float odd = -9.3927194E-4f;
    odd = odd * s - 0.001045278f;
    odd = odd * s - 0.008170484f;
    odd = odd * s - 0.01961749f;
    odd = odd * s - 0.043585733f;
    odd = odd * s - 0.07398989f;
    odd = odd * s - 0.10918185f;
    odd = odd * s - 0.18010856f;
    return odd * t + even;
  }

  /** {@code e^(−u)} for {@code u = 2.5 · (t + 1)}, t in [−1, 1]. */
  private static float fourthRootOfPower(float t) {
    float s = t * t;
    float even = 2.4844514E-4f;
    even = even * s + 0.003068838f;
    even = even * s + 0.027853433f;
    even = even * s + 0.13359724f;
    even = even * s + 0.256516f;
    even = even * s + 0.08208499f;
    float odd = -5.5810666E-5f;
    odd = odd * s - 8.542539E-4f;
    odd = odd * s - 0.0099458555f;
    odd = odd * s - 0.0667994f;
    odd = odd * s - 0.2137632f;
    odd = odd * s - 0.20521249f;
    return odd * t + even;
  }

  /** e^x for x ≤ 0. */
  static float exp(float x) {
    float clamped = Math.max(EXP_LIMIT, x);
    float rounded = clamped * LOG2_E + ROUNDER;
    float exponent = rounded - ROUNDER;
    float r = clamped - exponent * LN2_HIGH - exponent * LN2_LOW;
    float p = r * (1f / 5040) + 1f / 720;
    p = p * r + 1f / 120;
    p = p * r + 1f / 24;
    p = p * r + 1f / 6;
    p = p * r + 0.5f;
    p = p * r + 1;
    p = p * r + 1;
    int bits = Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(rounded) << 23);
    return x < EXP_LIMIT ? 0 : Float.intBitsToFloat(bits);
  }

  @Override
  public final void softmax(float[] x, int n) {
    scale(x, 1 / powers(x, max(x, n), n), n);
  }

  @Override
  public final float logSum(float[] x, int n) {
    float max = max(x, n);
    return max + (float) Math.log(powers(x, max, n));
  }

  /** The largest of {@code x}. */
  float max(float[] x, int n) {
    float max = x[0];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /** {@code x = e^(x − max)}; returns the sum. */
  float powers(float[] x, float max, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = exp(x[i] - max);
    }
    return sum(x, n);
  }

  @Override
  public final void scale(float[] x, float factor, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
  }

  @Override
  public final void softmaxGradient(float[] p, float[] dp, float factor, int n) {
    float sum = product(p, dp, n);
    for (int i = 0; i < n; i++) {
      dp[i] = factor * p[i] * (dp[i] - sum);
    }
  }

  @Override
  public final void normalise(float[] x, NormParameters parameters, float[] y, int n) {
    float mean = sum(x, n) / n;
    float scale = deviationScale(squares(x, mean, n) / n);
    float[] gamma = parameters.gamma();
    float[] beta = parameters.beta();
    for (int i = 0; i < n; i++) {
      y[i] = (x[i] - mean) * scale * gamma[i] + beta[i];
    }
  }

  private static float deviationScale(float variance) {
    return 1 / (float) Math.sqrt(variance + NormParameters.EPSILON);
  }

  @Override
  public final void normaliseGradient(
      float[] x, NormParameters parameters, float[] dy, NormSums sums, int n) {
    float mean = sum(x, n) / n;
    float scale = deviationScale(squares(x, mean, n) / n);
    float[] gamma = parameters.gamma();
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - mean) * scale;
    }
    add(sums.beta(), dy, n);
    addProduct(sums.gamma(), dy, x, n);
    for (int i = 0; i < n; i++) {
      dy[i] *= gamma[i];
    }
    float meanGradient = sum(dy, n) / n;
    float meanProduct = product(dy, x, n) / n;
    for (int i = 0; i < n; i++) {
      dy[i] = scale * (dy[i] - meanGradient - x[i] * meanProduct);
    }
  }

  private static void addProduct(float[] sums, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += x[i] * y[i];
    }
  }

  /** {@code Σ x}, as four sums side by side. */
  float sum(float[] x, int n) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < n; i++) {
      a += x[i];
    }
    return a + b + (c + d);
  }

  /** {@code Σ (x − mean)²}. */
  float squares(float[] x, float mean, int n) {
    float a = 0;
    float b = 0;
    int i = 0;
    for (; i + 1 < n; i += 2) {
      a += (x[i] - mean) * (x[i] - mean);
      b += (x[i + 1] - mean) * (x[i + 1] - mean);
    }
    return i < n ? a + b + (x[i] - mean) * (x[i] - mean) : a + b;
  }

  /** {@code Σ x · y}. */
  float product(float[] x, float[] y, int n) {
    float a = 0;
    float b = 0;
    int i = 0;
    for (; i + 1 < n; i += 2) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
    }
    return i < n ? a + b + x[i] * y[i] : a + b;
  }

  @Override
  public final void drop(float[] x, DropoutMask mask, long first, int n) {
    int start = (int) (first & 1);
    if (start == 1 && n > 0) {
      x[0] = mask.keeps(first) ? x[0] * mask.scale() : 0;
    }
    int end = dropPairs(x, mask, first, start, n);
    if (end < n) {
      x[end] = mask.keeps(first + end) ? x[end] * mask.scale() : 0;
    }
  }

  /** Drops in whole pairs from {@code start}; returns where the last one ended. */
  int dropPairs(float[] x, DropoutMask mask, long first, int start, int n) {
    long index = (first + start) >> 1;
    int i = start;
    for (; i + 1 < n; i += 2) {
      long pair = mask.pair(index++);
      x[i] = (int) pair >= mask.threshold() ? x[i] * mask.scale() : 0;
      x[i + 1] = (int) (pair >> 32) >= mask.threshold() ? x[i + 1] * mask.scale() : 0;
    }
    return i;
  }

  @Override
  public final void add(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += y[i];
    }
  }
}
