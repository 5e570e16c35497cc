package io.github.electra4j.convert.onnx;

import java.util.function.Consumer;

/**
 * A constant of a node.
 *
 * @param name as ONNX calls it, e.g. {@code axis}
 * @param value writes type and value into an {@code AttributeProto}
 */
record Attribute(String name, Consumer<ProtoWriter> value) {
  private static final int NAME = 1;
  private static final int FLOAT = 2;
  private static final int INT = 3;
  private static final int INTS = 8;
  private static final int TYPE = 20;

  private static final int FLOAT_TYPE = 1;
  private static final int INT_TYPE = 2;
  private static final int INTS_TYPE = 7;

  static Attribute of(String name, long number) {
    return new Attribute(name, out -> out.number(INT, number).number(TYPE, INT_TYPE));
  }

  static Attribute of(String name, float number) {
    return new Attribute(name, out -> out.single(FLOAT, number).number(TYPE, FLOAT_TYPE));
  }

  static Attribute of(String name, long[] numbers) {
    return new Attribute(
        name,
        out -> {
          for (long number : numbers) {
            out.number(INTS, number);
          }
          out.number(TYPE, INTS_TYPE);
        });
  }

  ProtoWriter message() {
    ProtoWriter out = new ProtoWriter().text(NAME, name);
    value.accept(out);
    return out;
  }
}
