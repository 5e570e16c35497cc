package io.github.electra4j.convert.onnx;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Objects;

/**
 * A tensor that is part of a model.
 *
 * @param name unique in the graph
 * @param type type of its elements
 * @param shape lengths of its axes
 * @param content writes the elements, little-endian, row-major
 */
record Initializer(String name, OnnxType type, long[] shape, Content content) {

  /** Writes a tensor's bytes. */
  @FunctionalInterface
  interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  Initializer {
    Objects.requireNonNull(content, "content");
    shape = shape.clone();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Bytes of all elements. */
  long size() {
    long elements = 1;
    for (long axis : shape) {
      elements = Math.multiplyExact(elements, axis);
    }
    return Math.multiplyExact(elements, type.width());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Initializer tensor
        && name.equals(tensor.name)
        && type == tensor.type
        && Arrays.equals(shape, tensor.shape)
        && content.equals(tensor.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, Arrays.hashCode(shape));
  }

  @Override
  public String toString() {
    return name + " " + type + " " + Arrays.toString(shape);
  }
}
