package io.github.electra4j.convert.onnx;

import io.github.electra4j.convert.tensor.TensorMemory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix with a byte per number and a scale per row or column: number = byte · scale, symmetric
 * about 0. Bytes stay within ±63, because processors without instructions for products of bytes add
 * pairs of them in 16 bits, where larger ones would be cut off.
 */
final class ByteMatrix {
  private static final int LARGEST = 63;

  private final String name;
  private final INDArray array;
  private final boolean byRow;
  private final int rows;
  private final int columns;

  private ByteMatrix(String name, INDArray array, boolean byRow) {
    this.name = name;
    this.array = array;
    this.byRow = byRow;
    this.rows = Math.toIntExact(array.size(0));
    this.columns = Math.toIntExact(array.size(1));
  }

  /** A scale per row, for tables. */
  static ByteMatrix ofRows(String name, INDArray array) {
    return new ByteMatrix(name, array, true);
  }

  /** A scale per column, for kernels {@code [in, out]}. */
  static ByteMatrix ofColumns(String name, INDArray array) {
    return new ByteMatrix(name, array, false);
  }

  /** The bytes, INT8 [rows, columns]. */
  String numbers(OnnxGraph graph) {
    return graph.initializer(
        new Initializer(
            name + "/int8", OnnxType.INT8, new long[] {rows, columns}, this::writeNumbers));
  }

  /** The scales, FLOAT [rows] or [columns]. */
  String scales(OnnxGraph graph) {
    return scales(graph, "/scale", byRow ? rows : columns);
  }

  /** The scales of rows, FLOAT [rows, 1]. */
  String scalesAsColumn(OnnxGraph graph) {
    return scales(graph, "/row_scale", rows, 1);
  }

  private String scales(OnnxGraph graph, String ending, long... shape) {
    return graph.initializer(
        new Initializer(name + ending, OnnxType.FLOAT, shape, this::writeScales));
  }

  private void writeScales(WritableByteChannel channel) throws java.io.IOException {
    float[] scales = scales();
    ByteBuffer bytes =
        ByteBuffer.allocate(scales.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(scales);
    writeAll(bytes, channel);
  }

  private void writeNumbers(WritableByteChannel channel) throws java.io.IOException {
    float[] scales = scales();
    INDArray dense = TensorMemory.dense(array);
    try {
      FloatBuffer numbers = TensorMemory.bytes(dense).asFloatBuffer();
      for (int row = 0; row < rows; row++) {
        ByteBuffer line = ByteBuffer.allocate(columns);
        for (int column = 0; column < columns; column++) {
          float scale = scales[byRow ? row : column];
          line.put((byte) Math.rint(numbers.get() / scale));
        }
        writeAll(line.flip(), channel);
      }
    } finally {
      Reference.reachabilityFence(dense);
    }
  }

  private float[] scales() {
    float[] largest = new float[byRow ? rows : columns];
    INDArray dense = TensorMemory.dense(array);
    try {
      FloatBuffer numbers = TensorMemory.bytes(dense).asFloatBuffer();
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int at = byRow ? row : column;
          largest[at] = Math.max(largest[at], Math.abs(numbers.get()));
        }
      }
    } finally {
      Reference.reachabilityFence(dense);
    }
    for (int i = 0; i < largest.length; i++) {
      largest[i] = largest[i] == 0 ? 1 : largest[i] / LARGEST; // only zeros: any scale will do
    }
    return largest;
  }

  private static void writeAll(ByteBuffer bytes, WritableByteChannel channel)
      throws java.io.IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
