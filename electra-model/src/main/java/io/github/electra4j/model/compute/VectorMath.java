package io.github.electra4j.model.compute;

/**
 * The mathematics of one row or block in Java arrays; every method works on the first {@code n}
 * elements. There are two implementations, equal to 1e-6: one by the JDK's Vector API, used when
 * the module {@code jdk.incubator.vector} was added at start-up ({@code --add-modules
 * jdk.incubator.vector}), and a plain one.
 */
public interface VectorMath {
  /** The fastest implementation that this process can run. */
  static VectorMath best() {
    return Chosen.BEST;
  }

  /** {@code y = x · Φ(x)}, the exact GELU; {@code y} may be {@code x}. */
  void gelu(float[] x, float[] y, int n);

  /** {@code dy = dy · (Φ(x) + x · φ(x))}. */
  void geluGradient(float[] x, float[] dy, int n);

  /** {@code x = e^(x − max) / Σ e^(x − max)}. */
  void softmax(float[] x, int n);

  /** {@code ln Σ e^x}; {@code x} becomes {@code e^(x − max)}. */
  float logSum(float[] x, int n);

  /** {@code dp = factor · p · (dp − Σ p · dp)}: through a softmax whose result is {@code p}. */
  void softmaxGradient(float[] p, float[] dp, float factor, int n);

  /** {@code y = (x − mean) / √(variance + ε) · gamma + beta}; {@code y} may be {@code x}. */
  void normalise(float[] x, NormParameters parameters, float[] y, int n);

  /**
   * Through a normalisation: {@code dy} becomes the gradient of {@code x}, {@code x} the normalised
   * values, and the gradients of gamma and beta are added to {@code sums}.
   */
  void normaliseGradient(float[] x, NormParameters parameters, float[] dy, NormSums sums, int n);

  /**
   * Sets dropped elements to 0 and scales the others; {@code x[i]} is element {@code first + i}.
   */
  void drop(float[] x, DropoutMask mask, long first, int n);

  /** {@code x = factor · x}. */
  void scale(float[] x, float factor, int n);

  /** {@code x = x + y}. */
  void add(float[] x, float[] y, int n);

  /**
   * Parameters of a normalisation.
   *
   * @param gamma factors
   * @param beta summands
   */
  record NormParameters(float[] gamma, float[] beta) {
    /** As google-research/electra has it. */
    static final float EPSILON = 1e-12f;
  }

  /** Gradients of the parameters of a normalisation, summed over rows. */
  record NormSums(float[] gamma, float[] beta) {
    /** Zeros for rows of {@code width} elements. */
    public static NormSums zeros(int width) {
      return new NormSums(new float[width], new float[width]);
    }
  }

  /** Chooses once; the implementation by the Vector API is loaded by name, as it may not load. */
  final class Chosen {
    private static final VectorMath BEST = choose();

    private Chosen() {}

    private static VectorMath choose() {
      if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
        return new PlainMath();
      }
      try {
        return Class.forName("io.github.electra4j.model.compute.SimdMath")
            .asSubclass(VectorMath.class)
            .getDeclaredConstructor()
            .newInstance();
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("SimdMath is missing from the jar of electra-model", e);
      }
    }
  }
}
