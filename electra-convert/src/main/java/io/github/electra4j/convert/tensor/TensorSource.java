package io.github.electra4j.convert.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A file, or a set of files, of named tensors, opened and its table checked. */
public interface TensorSource extends Closeable {
  /** The file as the user knows it, for messages. */
  String name();

  /** The tensors by name, in the file's order; unmodifiable. */
  Map<String, StoredTensor> tensors();

  /**
   * Reads one tensor.
   *
   * @return a dense row-major array of the caller's own; HALF and BFLOAT16 may be widened to FLOAT
   * @throws IllegalArgumentException if there is no tensor of that name
   * @throws io.github.electra4j.model.storage.MalformedFileException if its numbers are damaged
   */
  INDArray read(String name) throws IOException;
}
