package io.github.electra4j.model.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.electra4j.model.compute.VectorMath.NormParameters;
import io.github.electra4j.model.compute.VectorMath.NormSums;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both implementations against double precision, at a length that does not fill its vectors. */
class VectorMathTest {
  private static final int N = 1003;

  static Stream<VectorMath> implementations() {
    return Stream.of(new PlainMath(), VectorMath.best());
  }

  @Test
  void theTestsRunWithTheVectorApi() {
    assertNotEquals(PlainMath.class, VectorMath.best().getClass());
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void geluIsExact(VectorMath math) {
    float[] x = normal(3);
    x[0] = -40;
    x[1] = 40;
    x[2] = 0;
    float[] y = new float[N];
    math.gelu(x, y, N);
    float[] gradient = ones();
    math.geluGradient(x, gradient, N);
    for (int i = 0; i < N; i++) {
      double distribution = 0.5 * (1 + Erf.erf(x[i] / Math.sqrt(2)));
      double density = Math.exp(-0.5 * x[i] * x[i]) / Math.sqrt(2 * Math.PI);
      assertEquals(x[i] * distribution, y[i], 2e-7 * Math.max(1, Math.abs(x[i])));
      assertEquals(distribution + x[i] * density, gradient[i], 4e-7);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void softmaxOfMaskedScoresIsZero(VectorMath math) {
    float[] x = normal(4);
    for (int i = 0; i < N; i += 7) {
      x[i] -= 10000;
    }
    double max = Double.NEGATIVE_INFINITY;
    for (float value : x) {
      max = Math.max(max, value);
    }
    double[] expected = new double[N];
    double sum = 0;
    for (int i = 0; i < N; i++) {
      expected[i] = Math.exp(x[i] - max);
      sum += expected[i];
    }
    math.softmax(x, N);
    for (int i = 0; i < N; i++) {
      assertEquals(expected[i] / sum, x[i], 3e-6 * expected[i] / sum);
      if (i % 7 == 0) {
        assertEquals(0, x[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void softmaxGradient(VectorMath math) {
    float[] p = normal(2);
    math.softmax(p, N);
    float[] dp = normal(1);
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += (double) p[i] * dp[i];
    }
    float[] before = dp.clone();
    math.softmaxGradient(p, dp, 0.5f, N);
    for (int i = 0; i < N; i++) {
      assertEquals(0.5 * p[i] * (before[i] - sum), dp[i], 1e-7);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void normaliseAndItsGradient(VectorMath math) {
    float[] x = normal(1.5);
    float[] gamma = normal(1);
    float[] beta = normal(1);
    NormParameters parameters = new NormParameters(gamma, beta);
    double mean = 0;
    for (float value : x) {
      mean += value / (double) N;
    }
    double variance = 0;
    for (float value : x) {
      variance += (value - mean) * (value - mean) / N;
    }
    float[] y = new float[N];
    math.normalise(x, parameters, y, N);
    float[] dy = normal(1);
    float[] upstream = dy.clone();
    NormSums sums = NormSums.zeros(N);
    float[] values = x.clone();
    math.normaliseGradient(values, parameters, dy, sums, N);
    double[] normal = new double[N];
    double meanGradient = 0;
    double meanProduct = 0;
    for (int i = 0; i < N; i++) {
      normal[i] = (x[i] - mean) / Math.sqrt(variance + 1e-12);
      meanGradient += (double) upstream[i] * gamma[i] / N;
      meanProduct += (double) upstream[i] * gamma[i] * normal[i] / N;
    }
    for (int i = 0; i < N; i++) {
      assertEquals(normal[i] * gamma[i] + beta[i], y[i], 1e-5);
      assertEquals(upstream[i], sums.beta()[i]);
      assertEquals(upstream[i] * normal[i], sums.gamma()[i], 1e-5);
      double expected =
          (upstream[i] * gamma[i] - meanGradient - normal[i] * meanProduct)
              / Math.sqrt(variance + 1e-12);
      assertEquals(expected, dy[i], 1e-5);
      assertEquals(normal[i], values[i], 1e-5);
    }
  }

  @Test
  void aConstantRowIsNormalisedToBeta() {
    for (VectorMath math : implementations().toList()) {
      float[] x = new float[64];
      java.util.Arrays.fill(x, 7);
      float[] beta = new float[64];
      beta[3] = 2;
      math.normalise(x, new NormParameters(new float[64], beta), x, 64);
      assertArrayEquals(beta, x);
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void dropoutFollowsItsMaskAndItsRate(VectorMath math) {
    dropout(math, 5_000_000_000L);
    dropout(math, 5_000_000_001L);
  }

  private static void dropout(VectorMath math, long first) {
    DropoutMask mask = DropoutMask.of(77, 4, 0.3);
    float[] x = ones();
    math.drop(x, mask, first, N);
    int dropped = 0;
    for (int i = 0; i < N; i++) {
      assertEquals(mask.keeps(first + i) ? (float) (1 / 0.7) : 0, x[i]);
      dropped += x[i] == 0 ? 1 : 0;
    }
    assertEquals(0.3, dropped / (double) N, 0.05);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void addition(VectorMath math) {
    float[] x = {1, 2, 3};
    math.add(x, new float[] {10, 20, 30}, 2);
    assertArrayEquals(new float[] {11, 22, 3}, x);
  }

  private static float[] normal(double deviation) {
    Random random = new Random(11);
    float[] values = new float[N];
    for (int i = 0; i < N; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static float[] ones() {
    float[] values = new float[N];
    java.util.Arrays.fill(values, 1);
    return values;
  }
}
