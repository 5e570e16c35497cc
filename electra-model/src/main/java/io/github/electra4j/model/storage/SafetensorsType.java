package io.github.electra4j.model.storage;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/** The element types of safetensors files that can be read. */
public enum SafetensorsType {
  /** IEEE double. */
  F64(8, DataType.DOUBLE),
  /** IEEE single. */
  F32(4, DataType.FLOAT),
  /** IEEE half; widened to FLOAT when it is read. */
  F16(2, DataType.FLOAT16),
  /** The upper half of an IEEE single; widened to FLOAT when it is read. */
  BF16(2, DataType.BFLOAT16),
  /** Signed, 8 bytes. */
  I64(8, DataType.INT64),
  /** Signed, 4 bytes. */
  I32(4, DataType.INT32),
  /** Signed, 2 bytes. */
  I16(2, DataType.INT16),
  /** Signed, 1 byte. */
  I8(1, DataType.INT8),
  /** Unsigned, 1 byte. */
  U8(1, DataType.UINT8),
  /** One byte, 0 or 1. */
  BOOL(1, DataType.BOOL);

  private final int width;
  private final DataType stored;

  SafetensorsType(int width, DataType stored) {
    this.width = width;
    this.stored = stored;
  }

  /** Bytes per element. */
  public int width() {
    return width;
  }

  /** The type of the array that {@link SafetensorsFile#read} returns. */
  public DataType readAs() {
    return isNarrowFloat() ? DataType.FLOAT : stored;
  }

  /** The type whose elements have the file's bit patterns. */
  DataType storedAs() {
    return stored;
  }

  /** Whether elements must be widened while reading. */
  boolean isNarrowFloat() {
    return this == F16 || this == BF16;
  }

  static Optional<SafetensorsType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The type to write an array of ND4J's {@code type} as. */
  static Optional<SafetensorsType> writing(DataType type) {
    return Arrays.stream(values()).filter(candidate -> candidate.stored == type).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
