package io.github.electra4j.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.convert.hdf5.KerasWriter;
import io.github.electra4j.convert.pytorch.TorchWriter;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.model.storage.TensorSupply;
import io.github.electra4j.testkit.GoldenTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A folder as HuggingFace's library saves a fine-tuned model: the encoder that its code wrote, and
 * a head of random numbers under the names of its classes.
 */
final class HeadFolder {
  static final int HIDDEN = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, INDArray> head = new LinkedHashMap<>();
  private final Random random = new Random(11);
  private final ObjectNode config;

  HeadFolder(String architecture) throws IOException {
    Path network = HuggingFaceTiny.folder().resolve("discriminator");
    config = (ObjectNode) JSON.readTree(Files.readString(network.resolve("config.json")));
    config.putArray("architectures").add(architecture);
  }

  /** Adds a dense layer, named as PyTorch does. */
  HeadFolder dense(String name, int in, int out) {
    head.put(name + ".weight", numbers(out, in));
    head.put(name + ".bias", numbers(out));
    return this;
  }

  private INDArray numbers(int... shape) {
    long count = 1;
    for (int axis : shape) {
      count *= axis;
    }
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.4 * random.nextGaussian());
    }
    return Nd4j.create(values, shape);
  }

  HeadFolder labels(String... labels) {
    ObjectNode byIndex = config.putObject("id2label");
    ObjectNode byLabel = config.putObject("label2id");
    for (int i = 0; i < labels.length; i++) {
      byIndex.put(Integer.toString(i), labels[i]);
      byLabel.put(labels[i], i);
    }
    return this;
  }

  HeadFolder with(String key, String value) {
    config.put(key, value);
    return this;
  }

  /** The head's tensors as PyTorch has them. */
  Map<String, INDArray> head() {
    return head;
  }

  /** Writes configuration and one weight file. */
  Path write(Path folder, String weights) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config.toPrettyString());
    Map<String, INDArray> all = new LinkedHashMap<>(encoder());
    all.putAll(head);
    Path file = folder.resolve(weights);
    if (weights.endsWith(".safetensors")) {
      SafetensorsFile.write(file, all, Map.of("format", "pt"), false);
    } else if (weights.endsWith(".bin")) {
      try (TorchWriter writer = new TorchWriter(Files.newOutputStream(file))) {
        all.forEach((name, array) -> writer.add(name, TensorSupply.of(array)));
        writer.finish();
      }
    } else {
      writeKeras(file, all);
    }
    return folder;
  }

  private static Map<String, INDArray> encoder() throws IOException {
    GoldenTensors golden =
        GoldenTensors.read(HuggingFaceTiny.folder().resolve("discriminator/model.safetensors"));
    Map<String, INDArray> encoder = new LinkedHashMap<>();
    for (String name : golden.names()) {
      if (name.startsWith("electra.")) {
        encoder.put(name, Nd4j.create(golden.get(name).floats(), golden.get(name).shape(), 'c'));
      }
    }
    return encoder;
  }

  private static void writeKeras(Path file, Map<String, INDArray> all) throws IOException {
    try (KerasWriter writer = KerasWriter.create(file)) {
      for (Map.Entry<String, INDArray> each : all.entrySet()) {
        String name = each.getKey();
        boolean table = name.matches("electra\\.embeddings\\..*_embeddings\\.weight");
        boolean norm = name.contains("LayerNorm");
        String leaf =
            table
                ? name.contains("word") ? "weight" : "embeddings"
                : norm
                    ? name.endsWith("weight") ? "gamma" : "beta"
                    : name.endsWith("weight") ? "kernel" : "bias";
        String path = name.substring(0, name.lastIndexOf('.'));
        path = path.replaceAll("layer\\.(\\d+)", "layer_._$1").replaceAll("\\.(?!_\\d)", "/");
        INDArray array = leaf.equals("kernel") ? each.getValue().transpose() : each.getValue();
        String layer = path.substring(0, path.contains("/") ? path.indexOf('/') : path.length());
        writer.add(layer, "tf_electra_for_anything/" + path + "/" + leaf + ":0", array);
      }
      writer.finish();
    }
  }
}
