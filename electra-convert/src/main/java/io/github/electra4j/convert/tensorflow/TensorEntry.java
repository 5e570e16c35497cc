package io.github.electra4j.convert.tensorflow;

import java.util.List;

/**
 * What the index of a bundle says about one tensor.
 *
 * @param name path of the variable, e.g. {@code electra/embeddings/word_embeddings}
 * @param type element type
 * @param shape length of every axis; empty for a scalar
 * @param parts where the bytes are: one part for an ordinary tensor, several that tile the shape
 *     for a partitioned variable
 */
public record TensorEntry(String name, TensorType type, long[] shape, List<TensorPart> parts) {

  /** Number of elements. */
  public long length() {
    long length = 1;
    for (long axis : shape) {
      length *= axis;
    }
    return length;
  }

  /** Bytes of all parts in the data files. */
  public long size() {
    return parts.stream().mapToLong(TensorPart::size).sum();
  }

  /** Whether the variable was written in several slices. */
  public boolean partitioned() {
    return parts.size() > 1;
  }
}
