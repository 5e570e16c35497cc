package io.github.electra4j.convert;

import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorSource;
import java.io.IOException;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A tensor of a file and how it becomes one of the model.
 *
 * @param source the file
 * @param stored the tensor there
 * @param transposed whether it is a matrix whose axes are exchanged
 * @param part what is taken of it; empty for all of it
 */
record TensorOrigin(
    TensorSource source, StoredTensor stored, boolean transposed, Optional<Columns> part) {

  /** Outputs of a layer, the last axis: from the first to before the last. */
  record Columns(long from, long to) {}

  /** The whole tensor. */
  TensorOrigin(TensorSource source, StoredTensor stored, boolean transposed) {
    this(source, stored, transposed, Optional.empty());
  }

  /** Some outputs of the layer alone. */
  TensorOrigin columns(long from, long to) {
    return new TensorOrigin(source, stored, transposed, Optional.of(new Columns(from, to)));
  }

  /** The shape in the model. */
  long[] shape() {
    long[] shape = stored.shape();
    if (transposed) {
      shape = new long[] {shape[1], shape[0]};
    }
    if (part.isPresent()) {
      shape[shape.length - 1] = part.get().to() - part.get().from();
    }
    return shape;
  }

  /** The numbers as the model has them: FLOAT, kernels as {@code [in, out]}. */
  INDArray read() throws IOException {
    INDArray array = OwnArrays.single(source.read(stored.name()));
    INDArray turned = transposed ? OwnArrays.transposed(array) : array;
    if (part.isEmpty()) {
      return turned;
    }
    INDArrayIndex columns = NDArrayIndex.interval(part.get().from(), part.get().to());
    INDArray some =
        turned.rank() == 1
            ? turned.get(columns).dup('c')
            : turned.get(NDArrayIndex.all(), columns).dup('c');
    OwnArrays.free(turned);
    return some;
  }
}
