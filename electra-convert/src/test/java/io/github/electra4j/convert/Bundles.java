package io.github.electra4j.convert;

import io.github.electra4j.convert.tensorflow.BundleWriter;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small bundles of random numbers. */
final class Bundles {
  /** An encoder of 2 layers, 16 wide, with the discriminator's head; vocabulary 11. */
  static final ElectraConfig CONFIG =
      new ElectraConfig(
          11, 8, 12, 2, 0.02, new EncoderConfig(16, 2, 1, 24, 0.1, 0.1), Optional.empty(), true);

  /** The encoder alone, as after fine-tuning, with embeddings of its width, as BERT has. */
  static final ElectraConfig BERT_LIKE = CONFIG.withEmbeddingSize(16).encoderOnly();

  private Bundles() {}

  /** Random weights, by name; may be changed by the caller. */
  static Map<String, INDArray> weights(ElectraConfig config) {
    return new TreeMap<>(
        WeightMap.initialise(TensorLayout.of(config), config.initializerRange(), 7).arrays());
  }

  /** Random tensors of these shapes, {@code global_step} an INT64; may be changed. */
  static Map<String, INDArray> tensors(Map<String, long[]> shapes) {
    Map<String, INDArray> tensors = new TreeMap<>();
    shapes.forEach(
        (name, shape) ->
            tensors.put(
                name,
                name.equals("global_step")
                    ? Nd4j.scalar(5L)
                    : Nd4j.rand(DataType.FLOAT, shape.clone())));
    return tensors;
  }

  /** Writes a bundle. */
  static Path write(Path prefix, Map<String, INDArray> tensors) throws IOException {
    try (BundleWriter writer = BundleWriter.create(prefix)) {
      for (Map.Entry<String, INDArray> each : tensors.entrySet()) {
        writer.add(each.getKey(), each.getValue());
      }
      writer.finish();
    }
    return prefix;
  }
}
