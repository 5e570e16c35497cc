package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.electra4j.model.Activations;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.testkit.TensorAssert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Both networks compute what HuggingFace's code computes in double precision. */
@Tag("conformance")
class HuggingFaceConformanceTest {
  private static final String WEIGHTS = "train_init_tf_names.safetensors";
  private static final double TOLERANCE = 1e-5;

  static List<Path> models() {
    return SharedFolders.goldenCases("huggingface", WEIGHTS);
  }

  @ParameterizedTest
  @MethodSource("models")
  void hiddenStatesAndLogitsAreReproduced(Path folder) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS));
    ElectraConfig config = config(folder, file);
    WeightMap weights =
        WeightMap.of(TensorLayout.of(config), file.readAll(), folder.resolve(WEIGHTS).toString());
    GoldenTensors forward = GoldenTensors.read(folder.resolve("forward.safetensors"));
    TokenBatch batch =
        new TokenBatch(
            forward.get("input_ids").intRows(),
            forward.get("attention_mask").intRows(),
            forward.get("token_type_ids").intRows());
    try (Discriminator discriminator = Discriminator.of(config, weights)) {
      compare(forward, "discriminator", discriminator.activations(batch));
    }
    try (Generator generator = Generator.of(config, weights)) {
      compare(forward, "generator", generator.activations(batch).get(0));
    }
  }

  /** Sizes from the tensors, heads from the configurations, which must not contradict. */
  private static ElectraConfig config(Path folder, SafetensorsFile file) throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    file.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
    ElectraConfig discriminator = read(folder.resolve("discriminator/config.json"));
    ElectraConfig generator = read(folder.resolve("generator/config.json"));
    ArchitectureHints hints =
        ArchitectureHints.none()
            .withReference(discriminator)
            .withGeneratorAttentionHeads(generator.encoder().attentionHeads());
    ElectraConfig config = ArchitectureInference.infer(folder.toString(), shapes, hints).config();
    assertEquals(generator.encoder(), config.generator().orElseThrow().encoder());
    assertEquals(discriminator, config.discriminatorOnly());
    return config;
  }

  private static ElectraConfig read(Path file) throws IOException {
    return HuggingFaceConfigJson.read(ReferenceFile.parse(file)).config();
  }

  private static void compare(GoldenTensors forward, String network, Activations actual) {
    assertWithin(forward, network + ".hidden_states.0", actual.embeddings());
    for (int layer = 0; layer < actual.layers().size(); layer++) {
      assertWithin(forward, network + ".hidden_states." + (layer + 1), actual.layers().get(layer));
    }
    assertFalse(
        forward.names().contains(network + ".hidden_states." + (actual.layers().size() + 1)));
    assertWithin(forward, network + ".logits", actual.logits());
  }

  private static void assertWithin(GoldenTensors forward, String name, INDArray actual) {
    TensorAssert.assertWithin(
        name, forward.get(name).values(), actual.dup('c').data().asDouble(), TOLERANCE);
  }
}
