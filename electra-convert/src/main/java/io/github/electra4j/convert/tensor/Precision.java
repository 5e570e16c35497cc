package io.github.electra4j.convert.tensor;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/** How many bits a weight keeps when it is written. */
public enum Precision {
  /** All of them. */
  FLOAT32(DataType.FLOAT, 4),
  /** IEEE half: 11 bits of precision, up to 65504. */
  FLOAT16(DataType.FLOAT16, 2),
  /** The upper half of a single: 8 bits of precision, the range of a single. */
  BFLOAT16(DataType.BFLOAT16, 2),
  /** A byte per weight of a matrix and a scale per column; vectors keep all bits. */
  INT8(DataType.INT8, 1);

  private final DataType type;
  private final int width;

  Precision(DataType type, int width) {
    this.type = type;
    this.width = width;
  }

  /** ND4J's type with this many bits. */
  public DataType type() {
    return type;
  }

  /** Bytes per number. */
  public int width() {
    return width;
  }

  /** E.g. {@code float16}, as PyTorch calls it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
