package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.Activations;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.ReferenceConfigJson;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.TensorAssert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A recorded run of the original's pre-training: its settings and what step 0 computed.
 *
 * @param folder with {@code trace.json}, {@code trace.safetensors} and the bundles
 */
record PretrainingRun(Path folder, JsonNode trace, GoldenTensors tensors) {
  static PretrainingRun read(Path folder) throws IOException {
    return new PretrainingRun(
        folder,
        new ObjectMapper().readTree(folder.resolve("trace.json").toFile()),
        GoldenTensors.read(folder.resolve("trace.safetensors")));
  }

  /** The architecture that the run's settings lead to. */
  ElectraConfig config() throws IOException {
    return ReferenceConfigJson.ofHparams(
        JsonFields.parse(folder.toString(), trace.required("config").toString()));
  }

  /** The share of positions that were masked. */
  double maskProbability() {
    return trace.required("config").required("mask_prob").asDouble();
  }

  /** How many transformers the run has built. */
  int transformers() {
    return trace.required("transformers").size();
  }

  /** The attention heads that the tensors do not tell. */
  ArchitectureHints hints() {
    ArchitectureHints hints =
        ArchitectureHints.none().withAttentionHeads(heads(trace.required("bert_config")));
    JsonNode generator = trace.path("generator_config");
    return generator.isObject() ? hints.withGeneratorAttentionHeads(heads(generator)) : hints;
  }

  private static int heads(JsonNode config) {
    return config.required("num_attention_heads").asInt();
  }

  /** Tokens of step 0 with these ids, e.g. {@code masked_input_ids}. */
  TokenBatch batch(String ids) {
    return new TokenBatch(ints(ids), ints("input_mask"), ints("segment_ids"));
  }

  int[][] ints(String name) {
    return tensors.get("step0." + name).intRows();
  }

  boolean has(String name) {
    return tensors.names().contains("step0." + name);
  }

  double[] values(String name) {
    return tensors.get("step0." + name).values();
  }

  /** Fails unless embeddings and all layers are those of transformer number {@code index}. */
  void assertActivations(int index, Activations actual, double tolerance) {
    String name = "transformer" + index;
    TensorAssert.assertWithin(
        folder + " " + name + ".embedding_output",
        values(name + ".embedding_output"),
        actual.embeddings().dup('c').data().asDouble(),
        tolerance);
    GoldenTensors.Tensor layers = tensors.get("step0." + name + ".all_layers");
    assertEquals(layers.shape()[0], actual.layers().size(), name);
    int size = layers.values().length / actual.layers().size();
    for (int layer = 0; layer < actual.layers().size(); layer++) {
      double[] expected =
          java.util.Arrays.copyOfRange(layers.values(), layer * size, (layer + 1) * size);
      TensorAssert.assertWithin(
          folder + " " + name + " layer " + layer,
          expected,
          actual.layers().get(layer).dup('c').data().asDouble(),
          tolerance);
    }
  }

  /** Fails unless these numbers are those recorded under {@code name}. */
  void assertWithin(String name, List<float[]> actual, double tolerance) {
    double[] flat = new double[actual.stream().mapToInt(row -> row.length).sum()];
    int at = 0;
    for (float[] row : actual) {
      for (float value : row) {
        flat[at++] = value;
      }
    }
    TensorAssert.assertWithin(folder + " " + name, values(name), flat, tolerance);
  }
}
