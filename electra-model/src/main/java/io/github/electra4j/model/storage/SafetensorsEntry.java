package io.github.electra4j.model.storage;

import java.util.Arrays;
import java.util.Objects;

/**
 * One tensor of a safetensors file, as its header describes it.
 *
 * @param name unique within the file
 * @param type element type
 * @param shape lengths of the axes, each at least 0; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last, counted likewise
 */
public record SafetensorsEntry(
    String name, SafetensorsType type, long[] shape, long begin, long end) {
  /** Copies the shape. */
  public SafetensorsEntry {
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
    return other instanceof SafetensorsEntry entry
        && name.equals(entry.name)
        && type == entry.type
        && Arrays.equals(shape, entry.shape)
        && begin == entry.begin
        && end == entry.end;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, Arrays.hashCode(shape), begin, end);
  }

  /** E.g. {@code electra/embeddings_project/kernel F32 [128, 256]}. */
  @Override
  public String toString() {
    return name + " " + type + " " + Arrays.toString(shape);
  }
}
