package io.github.electra4j.convert.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TensorMemoryTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1", "1, 200", "200, 1", "64, 64", "65, 63", "130, 64", "3, 500",
  })
  void everyElementOfATransposeIsInItsPlace(int rows, int columns) {
    INDArray matrix = numbered(rows, columns);
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.INT32, DataType.DOUBLE}) {
      INDArray turned = TensorMemory.transposed(matrix.castTo(type));
      assertEquals(type, turned.dataType());
      assertArrayEquals(new long[] {columns, rows}, turned.shape());
      assertTrue(TensorMemory.dense(turned) == turned);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          assertEquals(r * columns + c, turned.getDouble(c, r));
        }
      }
    }
  }

  @Test
  void aTransposeOfAViewLeavesTheViewAlone() {
    INDArray all = numbered(90, 100);
    INDArray view = all.get(NDArrayIndex.interval(10, 80), NDArrayIndex.interval(5, 95));
    INDArray turned = TensorMemory.transposed(view);
    assertEquals(view.transpose().dup('c'), turned);
    assertEquals(numbered(90, 100), all);
    assertEquals(view.dup('c'), TensorMemory.transposed(turned));
  }

  @Test
  void bitsOfNaNStay() {
    INDArray matrix = Nd4j.create(DataType.FLOAT, 2, 3);
    TensorMemory.bytes(matrix).putInt(4, 0x7fc00123);
    INDArray turned = TensorMemory.transposed(matrix);
    assertEquals(0x7fc00123, TensorMemory.bytes(turned).getInt(8));
  }

  @Test
  void aMatrixWithoutElementsHasATransposeOfItsOwn() {
    INDArray none = Nd4j.create(DataType.FLOAT, 0, 3);
    INDArray turned = TensorMemory.transposed(none);
    assertNotSame(none, turned);
    assertArrayEquals(new long[] {3, 0}, turned.shape());
  }

  private static INDArray numbered(int rows, int columns) {
    return Nd4j.arange(rows * columns).castTo(DataType.FLOAT).reshape(rows, columns);
  }
}
