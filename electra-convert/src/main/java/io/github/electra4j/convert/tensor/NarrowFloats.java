package io.github.electra4j.convert.tensor;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Single-precision numbers rounded to 16 bits, to the nearest, of two equally near to the one whose
 * last bit is 0. Infinities and NaN stay what they are.
 */
public final class NarrowFloats {
  private static final int SIGN = 0x8000;
  private static final int MAGNITUDE = 0x7fff;
  private static final int HALF_INFINITY = 0x7c00;
  private static final int QUIET = 0x0200;
  private static final int BRAIN_QUIET = 0x0040;

  private static final int FRACTION_BITS = 23;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;
  private static final int IMPLICIT = 1 << FRACTION_BITS;
  private static final int EXPONENT = 0xff;

  /** Bits of a single's fraction that a half does not have. */
  private static final int SURPLUS = 13;

  /** The exponent of a single whose value is the smallest normal half, 2^-14. */
  private static final int SMALLEST_NORMAL = 113;

  private NarrowFloats() {}

  /** The bits of the nearest half; infinity beyond 65504. Example: 1 is {@code 0x3c00}. */
  public static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & SIGN;
    int exponent = (bits >>> FRACTION_BITS) & EXPONENT;
    int fraction = bits & FRACTION;
    if (exponent == EXPONENT) {
      return (short) (sign | HALF_INFINITY | (fraction == 0 ? 0 : QUIET | (fraction >>> SURPLUS)));
    }
    int magnitude;
    if (exponent >= SMALLEST_NORMAL) {
      int shifted = ((exponent - SMALLEST_NORMAL + 1) << FRACTION_BITS) | fraction;
      magnitude = rounded(shifted, SURPLUS); // a carry moves into the exponent, as it should
    } else {
      int shift = SURPLUS + SMALLEST_NORMAL - exponent;
      magnitude = shift > FRACTION_BITS + 1 ? 0 : rounded(fraction | IMPLICIT, shift);
    }
    return (short) (sign | Math.min(magnitude, HALF_INFINITY));
  }

  /** The bits of the nearest bfloat16. Example: 1 is {@code 0x3f80}. */
  public static short brain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | BRAIN_QUIET);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** {@code number / 2^shift}, to the nearest, ties to even. */
  private static int rounded(int number, int shift) {
    int down = number >>> shift;
    int rest = number & ((1 << shift) - 1);
    int half = 1 << (shift - 1);
    boolean up = rest > half || (rest == half && (down & 1) == 1);
    return up ? down + 1 : down;
  }

  /**
   * The same numbers with fewer bits.
   *
   * @param name of the tensor, for the message
   * @param array of type FLOAT; it stays as it is
   * @param precision {@code FLOAT16} or {@code BFLOAT16}; with {@code FLOAT32} the array itself
   * @return a dense row-major array
   * @throws IllegalArgumentException if a finite number is too large for the type
   */
  public static INDArray narrow(String name, INDArray array, Precision precision) {
    if (precision == Precision.FLOAT32) {
      return array;
    }
    if (precision == Precision.INT8 || array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Tensor %s of type %s cannot be rounded to %s"
              .formatted(name, array.dataType(), precision));
    }
    INDArray dense = TensorMemory.dense(array);
    INDArray narrow = TensorMemory.allocate(precision.type(), array.shape());
    if (array.isEmpty()) {
      return narrow;
    }
    try {
      ByteBuffer from = TensorMemory.bytes(dense);
      ByteBuffer to = TensorMemory.bytes(narrow);
      while (from.hasRemaining()) {
        to.putShort(bits(name, from.getFloat(), precision));
      }
      return narrow;
    } finally {
      Reference.reachabilityFence(array);
      Reference.reachabilityFence(narrow);
      if (dense != array) {
        dense.close();
      }
    }
  }

  private static short bits(String name, float value, Precision precision) {
    boolean half = precision == Precision.FLOAT16;
    short bits = half ? half(value) : brain(value);
    int infinity = half ? HALF_INFINITY : 0x7f80;
    if ((bits & MAGNITUDE) == infinity && Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "Tensor %s holds %s, which is too large for %s; write it as %s"
              .formatted(name, value, precision, Precision.FLOAT32));
    }
    return bits;
  }
}
