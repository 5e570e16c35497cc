package io.github.electra4j.train.flops;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How fast the machine multiplies matrices of single precision: the ceiling for training, which is
 * little else.
 */
public final class MachineSpeed {
  private static final int SIZE = 1024;
  private static final int ROUNDS = 8;

  private MachineSpeed() {}

  /**
   * Operations per second of the fastest of a few products of square matrices, by ND4J's backend on
   * all its threads. Takes about a second.
   */
  public static double measure() {
    INDArray left = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
    INDArray right = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
    INDArray product = Nd4j.create(DataType.FLOAT, new long[] {SIZE, SIZE}, 'f');
    double fastest = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long from = System.nanoTime();
      left.mmuli(right, product);
      fastest = Math.min(fastest, (System.nanoTime() - from) / 1e9);
    }
    return 2.0 * SIZE * SIZE * SIZE / fastest;
  }
}
