package io.github.electra4j.convert.pytorch;

import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A block of numbers that tensors are views of.
 *
 * @param key its name in the file
 * @param type element type
 * @param elements number of elements
 */
record TorchStorage(String key, DataType type, long elements) {
  /** Element types by the name of their storage class. */
  private static final Map<String, DataType> TYPES =
      Map.of(
          "torch.FloatStorage", DataType.FLOAT,
          "torch.DoubleStorage", DataType.DOUBLE,
          "torch.HalfStorage", DataType.FLOAT16,
          "torch.BFloat16Storage", DataType.BFLOAT16,
          "torch.LongStorage", DataType.INT64,
          "torch.IntStorage", DataType.INT32,
          "torch.ShortStorage", DataType.INT16,
          "torch.CharStorage", DataType.INT8,
          "torch.ByteStorage", DataType.UINT8,
          "torch.BoolStorage", DataType.BOOL);

  /** The element type of a storage class, e.g. {@code torch.FloatStorage}. */
  static Optional<DataType> type(String global) {
    return Optional.ofNullable(TYPES.get(global));
  }

  /** Bytes of all elements. */
  long bytes() {
    return Math.multiplyExact(elements, type.width());
  }
}
