package io.github.electra4j.convert.onnx;

/** Element types, with ONNX's numbers for them. */
enum OnnxType {
  FLOAT(1, 4),
  INT8(3, 1),
  INT32(6, 4),
  INT64(7, 8),
  FLOAT16(10, 2),
  BFLOAT16(16, 2);

  private final int number;
  private final int width;

  OnnxType(int number, int width) {
    this.number = number;
    this.width = width;
  }

  int number() {
    return number;
  }

  /** Bytes per element. */
  int width() {
    return width;
  }
}
