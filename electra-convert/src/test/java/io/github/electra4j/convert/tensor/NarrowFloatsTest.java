package io.github.electra4j.convert.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NarrowFloatsTest {
  /** The value of a half, from the definition of the format. */
  private static double valueOfHalf(int bits) {
    int exponent = (bits >>> 10) & 31;
    int fraction = bits & 1023;
    double size =
        exponent == 31
            ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
            : exponent == 0
                ? fraction * 0x1p-24
                : (1 + fraction / 1024.0) * Math.scalb(1.0, exponent - 15);
    return (bits & 0x8000) == 0 ? size : -size;
  }

  @Test
  void everyHalfIsItsOwnRounding() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double value = valueOfHalf(bits);
      if (Double.isNaN(value)) {
        assertTrue(Double.isNaN(valueOfHalf(NarrowFloats.half((float) value))));
      } else {
        assertEquals((short) bits, NarrowFloats.half((float) value), () -> "of " + value);
      }
    }
  }

  @Test
  void betweenTwoHalvesTheNearerOneIsTakenAndTheEvenOneInTheMiddle() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      double low = valueOfHalf(bits);
      double high = valueOfHalf(bits + 1);
      float middle = (float) ((low + high) / 2); // exact: one more bit
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals(even, NarrowFloats.half(middle));
      assertEquals(bits, NarrowFloats.half(Math.nextDown(middle)));
      assertEquals(bits + 1, NarrowFloats.half(Math.nextUp(middle)));
      assertEquals((short) (even | 0x8000), NarrowFloats.half(-middle));
    }
  }

  @Test
  void beyondTheLargestHalfIsInfinity() {
    assertEquals(0x7bff, NarrowFloats.half(Math.nextDown(65520f)));
    assertEquals(0x7c00, NarrowFloats.half(65520f));
    assertEquals(0x7c00, NarrowFloats.half(Float.MAX_VALUE));
    assertEquals((short) 0xfc00, NarrowFloats.half(Float.NEGATIVE_INFINITY));
    assertEquals(0, NarrowFloats.half(Float.MIN_VALUE));
    assertEquals((short) 0x8000, NarrowFloats.half(-0f));
  }

  @Test
  void bfloatsAreTheNearestToo() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(Float.intBitsToFloat(NarrowFloats.brain(value) << 16)));
        continue;
      }
      int bits = Float.floatToRawIntBits(value);
      int down = bits & 0xffff0000;
      int rest = bits & 0xffff;
      boolean up = rest > 0x8000 || (rest == 0x8000 && (bits >>> 16) % 2 == 1);
      assertEquals((short) ((up ? down + 0x10000 : down) >>> 16), NarrowFloats.brain(value));
    }
    assertEquals((short) 0x3f80, NarrowFloats.brain(Float.intBitsToFloat(0x3f808000)));
    assertEquals((short) 0x3f82, NarrowFloats.brain(Float.intBitsToFloat(0x3f818000)));
  }

  @Test
  void arraysKeepTheirShapeWhateverTheirStrides() {
    INDArray array = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}}).transpose();
    for (Precision precision : new Precision[] {Precision.FLOAT16, Precision.BFLOAT16}) {
      INDArray narrow = NarrowFloats.narrow("a", array, precision);
      assertEquals(precision.type(), narrow.dataType());
      assertArrayEquals(new long[] {3, 2}, narrow.shape());
      assertArrayEquals(
          new float[] {1, 4, 2, 5, 3, 6}, narrow.castTo(DataType.FLOAT).ravel().toFloatVector());
    }
    assertSame(array, NarrowFloats.narrow("a", array, Precision.FLOAT32));
    INDArray empty = TensorMemory.allocate(DataType.FLOAT, new long[] {0, 3});
    assertTrue(NarrowFloats.narrow("a", empty, Precision.FLOAT16).isEmpty());
  }

  @Test
  void finiteNumbersThatDoNotFitAreRefusedWithTheTensorsName() {
    INDArray large = Nd4j.createFromArray(1f, -3.4028235e38f, 2f);
    for (Precision precision : new Precision[] {Precision.FLOAT16, Precision.BFLOAT16}) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> NarrowFloats.narrow("layer/kernel", large, precision));
      assertEquals(
          "Tensor layer/kernel holds -3.4028235E38, which is too large for %s; write it as float32"
              .formatted(precision),
          refusal.getMessage());
    }
    INDArray infinite = Nd4j.createFromArray(Float.POSITIVE_INFINITY);
    assertEquals(
        Float.POSITIVE_INFINITY,
        NarrowFloats.narrow("a", infinite, Precision.FLOAT16).castTo(DataType.FLOAT).getFloat(0));
  }
}
