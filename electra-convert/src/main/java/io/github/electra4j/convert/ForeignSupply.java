package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.HuggingFaceNames.Renamed;
import io.github.electra4j.convert.tensor.NarrowFloats;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.model.storage.TensorSupply;
import java.io.IOException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A weight as HuggingFace's files have it: transposed if it is a kernel, and rounded. */
record ForeignSupply(TensorSupply weight, Renamed renamed, Precision precision)
    implements TensorSupply {
  @Override
  public DataType type() {
    return precision.type();
  }

  @Override
  public long[] shape() {
    long[] shape = weight.shape();
    return renamed.transposed() ? new long[] {shape[1], shape[0]} : shape;
  }

  @Override
  public void with(Use use) throws IOException {
    weight.with(
        array -> {
          if (array.wasClosed()) {
            throw new IllegalStateException(
                "The array that becomes %s was closed; keep a checkpoint's arrays until it is written"
                    .formatted(renamed.name()));
          }
          INDArray turned = renamed.transposed() ? TensorMemory.transposed(array) : array;
          INDArray narrow = turned;
          try {
            narrow = NarrowFloats.narrow(renamed.name(), turned, precision);
            use.accept(narrow);
          } finally {
            if (narrow != turned) {
              OwnArrays.free(narrow);
            }
            if (turned != array) {
              OwnArrays.free(turned);
            }
          }
        });
  }
}
