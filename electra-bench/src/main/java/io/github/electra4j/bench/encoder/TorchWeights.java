package io.github.electra4j.bench.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.electra4j.model.WeightMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights as PyTorch tensors; kernels are transposed, as PyTorch's linear layers want them. */
record TorchWeights(Map<String, NDArray> arrays) {
  static TorchWeights of(NDManager manager, WeightMap weights, boolean trained) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    weights
        .arrays()
        .forEach(
            (name, array) -> {
              boolean kernel = name.endsWith("kernel");
              INDArray dense = (kernel ? array.transpose() : array).dup('c');
              NDArray copy = manager.create(dense.data().asFloat(), new Shape(dense.shape()));
              copy.setName(name);
              copy.setRequiresGradient(trained);
              arrays.put(name, copy);
            });
    return new TorchWeights(arrays);
  }

  NDArray get(String name) {
    return arrays.get(name);
  }
}
