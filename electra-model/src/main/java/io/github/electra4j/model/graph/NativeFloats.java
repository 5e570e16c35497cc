package io.github.electra4j.model.graph;

import io.github.electra4j.model.compute.FloatMemory;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native memory of a dense, row-major FLOAT array, read and written in blocks. Positions count
 * elements from the start of the array.
 */
public final class NativeFloats {
  private final FloatMemory memory;

  private NativeFloats(FloatMemory memory) {
    this.memory = memory;
  }

  /**
   * The memory of {@code array}.
   *
   * @throws IllegalArgumentException unless the array is FLOAT and dense in row-major order
   */
  public static NativeFloats of(INDArray array) {
    AffinityManager manager = Nd4j.getAffinityManager(); // of a GPU backend; idle on the CPU
    manager.ensureLocation(array, Location.HOST);
    manager.tagLocation(array, Location.HOST);
    return new NativeFloats(FloatMemory.of(array));
  }

  /** Number of elements. */
  public int length() {
    return memory.length();
  }

  /** Copies {@code into.length} elements from position {@code from}. */
  public void get(long from, float[] into) {
    memory.get(from, into, into.length);
  }

  /** Copies {@code count} elements from position {@code from} into the start of {@code into}. */
  public void get(long from, float[] into, int count) {
    memory.get(from, into, count);
  }

  /** Copies all of {@code values} to position {@code to}. */
  public void put(long to, float[] values) {
    memory.put(to, values, values.length);
  }

  /** Copies the first {@code count} of {@code values} to position {@code to}. */
  public void put(long to, float[] values, int count) {
    memory.put(to, values, count);
  }
}
