package io.github.electra4j.convert.tensor;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One tensor of a file, as the file's table describes it.
 *
 * @param name its name in the file
 * @param type its element type in the file
 * @param shape lengths of its axes, each at least 0; empty for a scalar
 */
public record StoredTensor(String name, DataType type, long[] shape) {
  /** Copies the shape. */
  public StoredTensor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    shape = shape.clone();
  }

  /** The lengths of the axes; a fresh array. */
  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredTensor tensor
        && name.equals(tensor.name)
        && type == tensor.type
        && Arrays.equals(shape, tensor.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, Arrays.hashCode(shape));
  }

  /** E.g. {@code electra.embeddings_project.weight FLOAT [256, 128]}. */
  @Override
  public String toString() {
    return name + " " + type + " " + Arrays.toString(shape);
  }
}
