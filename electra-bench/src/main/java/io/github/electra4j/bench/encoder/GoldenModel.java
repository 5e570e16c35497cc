package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.storage.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An ELECTRA-Small discriminator that exists both as {@code model.safetensors.gz} under
 * HuggingFace's names and as {@code model.onnx.gz}, unpacked into a folder of its own.
 *
 * @param onnx the unpacked model for ONNX Runtime
 * @param weights the same numbers under this project's names
 */
record GoldenModel(Path onnx, WeightMap weights) {
  static GoldenModel read(Path folder, Path unpacked, ElectraConfig config) throws IOException {
    Path onnx = unpack(folder.resolve("model.onnx.gz"), unpacked.resolve("model.onnx"));
    Path file =
        unpack(folder.resolve("model.safetensors.gz"), unpacked.resolve("model.safetensors"));
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    SafetensorsFile tensors = SafetensorsFile.open(file);
    for (TensorSpec spec : TensorLayout.of(config)) {
      INDArray array = tensors.read(foreign(spec.name()));
      boolean kernel = spec.name().endsWith("kernel");
      arrays.put(spec.name(), (kernel ? array.transpose() : array).dup('c'));
    }
    return new GoldenModel(onnx, WeightMap.of(TensorLayout.of(config), arrays, folder.toString()));
  }

  private static Path unpack(Path from, Path to) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(from))) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
    return to;
  }

  /** {@code electra/encoder/layer_0/output/dense/kernel -> electra.encoder.layer.0.….weight}. */
  private static String foreign(String name) {
    return name.replace("layer_", "layer.")
        .replace("/dense_1/", "/dense_prediction/")
        .replaceAll("(kernel|gamma)$", "weight")
        .replaceAll("beta$", "bias")
        .replaceAll("_embeddings$", "_embeddings.weight")
        .replace('/', '.');
  }
}
