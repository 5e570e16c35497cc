package io.github.electra4j.convert.onnx;

/** The messages that describe a model's inputs and outputs. */
final class ValueInfo {
  private static final int NAME = 1;
  private static final int TYPE = 2;
  private static final int TENSOR_TYPE = 1;
  private static final int ELEMENT_TYPE = 1;
  private static final int SHAPE = 2;
  private static final int DIMENSION = 1;
  private static final int DIMENSION_VALUE = 1;
  private static final int DIMENSION_NAME = 2;

  private ValueInfo() {}

  /** An axis is a number, or the name of a length that may vary. */
  static ProtoWriter of(String name, OnnxType type, Object... axes) {
    ProtoWriter shape = new ProtoWriter();
    for (Object axis : axes) {
      ProtoWriter dimension = new ProtoWriter();
      if (axis instanceof Number length) {
        dimension.number(DIMENSION_VALUE, length.longValue());
      } else {
        dimension.text(DIMENSION_NAME, axis.toString());
      }
      shape.message(DIMENSION, dimension);
    }
    ProtoWriter tensor =
        new ProtoWriter().number(ELEMENT_TYPE, type.number()).message(SHAPE, shape);
    return new ProtoWriter()
        .text(NAME, name)
        .message(TYPE, new ProtoWriter().message(TENSOR_TYPE, tensor));
  }
}
