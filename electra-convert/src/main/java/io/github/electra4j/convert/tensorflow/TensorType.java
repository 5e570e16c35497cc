package io.github.electra4j.convert.tensorflow;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** The element types that a checkpoint bundle can hold. */
public enum TensorType {
  /** IEEE single precision. */
  FLOAT(1, 4, DataType.FLOAT),
  /** IEEE double precision. */
  DOUBLE(2, 8, DataType.DOUBLE),
  /** Signed 32-bit integer. */
  INT32(3, 4, DataType.INT32),
  /** Unsigned 8-bit integer. */
  UINT8(4, 1, DataType.UINT8),
  /** Signed 16-bit integer. */
  INT16(5, 2, DataType.INT16),
  /** Signed 8-bit integer. */
  INT8(6, 1, DataType.INT8),
  /** Strings of any length; their content is not read. */
  STRING(7, 0, null),
  /** Signed 64-bit integer. */
  INT64(9, 8, DataType.INT64),
  /** One byte, 0 or 1. */
  BOOL(10, 1, DataType.BOOL),
  /** The upper half of a single-precision number. */
  BFLOAT16(14, 2, DataType.BFLOAT16),
  /** Unsigned 16-bit integer. */
  UINT16(17, 2, DataType.UINT16),
  /** IEEE half precision. */
  HALF(19, 2, DataType.FLOAT16),
  /** Unsigned 32-bit integer. */
  UINT32(22, 4, DataType.UINT32),
  /** Unsigned 64-bit integer. */
  UINT64(23, 8, DataType.UINT64);

  private final int code;
  private final int width;
  private final DataType dataType;

  TensorType(int code, int width, DataType dataType) {
    this.code = code;
    this.width = width;
    this.dataType = dataType;
  }

  /** The number that stands for this type in TensorFlow's {@code DataType} enumeration. */
  int code() {
    return code;
  }

  /** Bytes per element; 0 for strings, whose length varies. */
  public int width() {
    return width;
  }

  /** ND4J's type of the same elements; empty for strings. */
  public Optional<DataType> dataType() {
    return Optional.ofNullable(dataType);
  }

  static Optional<TensorType> ofCode(long code) {
    for (TensorType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The bundle's type for an array of type {@code dataType}. */
  static TensorType of(DataType dataType) {
    for (TensorType type : values()) {
      if (type.dataType == dataType) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "A checkpoint bundle cannot hold elements of type %s; cast the array first"
            .formatted(dataType));
  }
}
