package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.model.Activations;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.testkit.TensorAssert;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every weight format of HuggingFace's is one model, there and back. */
@Tag("conformance")
class HuggingFaceFormatsConformanceTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir Path folder;

  static List<Path> pairs() {
    return SharedFolders.goldenCases("huggingface", "discriminator");
  }

  static List<Path> packed() {
    return SharedFolders.goldenCases("onnx", "model.safetensors.gz");
  }

  private static List<String> weightFiles(Path network) throws IOException {
    try (Stream<Path> files = Files.list(network)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches(".*\\.(safetensors|bin|h5)"))
              .sorted()
              .toList();
      assertFalse(names.isEmpty(), network::toString);
      return names;
    }
  }

  private static Checkpoint read(Path source, String file) throws IOException {
    return Conversion.from(source).options(HuggingFaceTiny.from(file)).read().checkpoint();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyWeightFileGivesTheModelThatWasExecuted(Path pair) throws IOException {
    Map<String, INDArray> expected =
        SafetensorsFile.open(pair.resolve("train_init_tf_names.safetensors")).readAll();
    GoldenTensors forward = GoldenTensors.read(pair.resolve("forward.safetensors"));
    for (String file : weightFiles(pair.resolve("discriminator"))) {
      Checkpoint checkpoint = read(pair, file);
      assertEquals(expected, Map.copyOf(checkpoint.weights().arrays()), file);
      assertForward(forward, checkpoint);
    }
  }

  private static void assertForward(GoldenTensors forward, Checkpoint checkpoint) {
    TokenBatch batch =
        new TokenBatch(
            forward.get("input_ids").intRows(),
            forward.get("attention_mask").intRows(),
            forward.get("token_type_ids").intRows());
    try (Discriminator discriminator = Discriminator.of(checkpoint.config(), checkpoint.weights());
        Generator generator = Generator.of(checkpoint.config(), checkpoint.weights())) {
      assertNetwork(forward, "discriminator", discriminator.activations(batch));
      assertNetwork(forward, "generator", generator.activations(batch).get(0));
    }
  }

  private static void assertNetwork(GoldenTensors forward, String network, Activations actual) {
    List<INDArray> states = new ArrayList<>(List.of(actual.embeddings()));
    states.addAll(actual.layers());
    for (int i = 0; i < states.size(); i++) {
      assertWithin(forward, network + ".hidden_states." + i, states.get(i));
    }
    assertWithin(forward, network + ".logits", actual.logits());
  }

  private static void assertWithin(GoldenTensors forward, String name, INDArray actual) {
    TensorAssert.assertWithin(
        name, forward.get(name).values(), actual.dup('c').data().asDouble(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyRoundKeepsEveryBitAndTheLogits(Path pair) throws IOException {
    Checkpoint original = Conversion.from(pair).read().checkpoint();
    ExportOptions all = ExportOptions.standard().withWeightFiles(EnumSet.allOf(WeightFile.class));
    Path at = pair;
    for (Target form :
        List.of(
            Target.HUGGINGFACE,
            Target.NATIVE,
            Target.TENSORFLOW,
            Target.HUGGINGFACE,
            Target.TENSORFLOW,
            Target.NATIVE)) {
      Path next = folder.resolve("round" + Golden.names(folder).size());
      Conversion.from(at).options(heads(at, original)).to(next, form, all);
      at = next;
      if (form == Target.HUGGINGFACE) {
        for (String file : List.of("model.safetensors", "pytorch_model.bin", "tf_model.h5")) {
          Golden.assertSame(original, read(next, file));
        }
      }
    }
    Checkpoint last = Conversion.from(at).read().checkpoint();
    Golden.assertSame(original, last);
    TokenBatch batch = TokenBatch.of(2, 17, 210, 5, 3);
    try (Discriminator before = Discriminator.of(original.config(), original.weights());
        Discriminator after = Discriminator.of(last.config(), last.weights())) {
      assertArrayEquals(before.logits(batch)[0], after.logits(batch)[0]);
    }
  }

  /** TensorFlow's bundle does not say how many heads a generator has. */
  private static ImportOptions heads(Path source, Checkpoint original) throws IOException {
    if (NativeFolder.isOne(source) || HuggingFacePlace.isOne(source, SourceOptions.none())) {
      return ImportOptions.standard();
    }
    return ImportOptions.standard()
        .withHints(
            ArchitectureHints.none()
                .withGeneratorAttentionHeads(
                    original.config().generator().orElseThrow().encoder().attentionHeads()));
  }

  @ParameterizedTest
  @MethodSource("packed")
  void aModelOfFullSizeComputesWhatItsExporterDid(Path packed) throws IOException {
    Files.copy(packed.resolve("config.json"), folder.resolve("config.json"));
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(packed.resolve("model.safetensors.gz")))) {
      Files.copy(in, folder.resolve("model.safetensors"));
    }
    Checkpoint checkpoint = Conversion.from(folder).read().checkpoint();
    GoldenTensors expected = GoldenTensors.read(packed.resolve("expected.safetensors"));
    int[][] mask = expected.get("attention_mask").intRows();
    TokenBatch batch =
        new TokenBatch(
            expected.get("input_ids").intRows(), mask, expected.get("token_type_ids").intRows());
    double[] wanted = expected.get("logits").values();
    try (Discriminator model = Discriminator.of(checkpoint.config(), checkpoint.weights())) {
      float[][] logits = model.logits(batch);
      for (int row = 0; row < logits.length; row++) {
        for (int column = 0; column < logits[row].length; column++) {
          if (mask[row][column] == 1) {
            assertEquals(wanted[row * logits[row].length + column], logits[row][column], 1e-4);
          }
        }
      }
    }
  }
}
