package io.github.electra4j.cli;

import static io.github.electra4j.testkit.TensorAssert.assertRelative;
import static io.github.electra4j.testkit.TensorAssert.assertWithin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.train.graph.PretrainObjective;
import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.graph.Replacements;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.pretrain.PretrainConfig;
import io.github.electra4j.train.pretrain.PretrainReport;
import io.github.electra4j.train.pretrain.PretrainSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Joint updates of HuggingFace's two networks in double precision, replayed. */
@Tag("conformance")
class HuggingFacePretrainingConformanceTest {
  private static final String START = "train_init_tf_names.safetensors";
  private static final double TOLERANCE = 1e-4;

  static List<Path> models() {
    return SharedFolders.goldenCases("huggingface", "train.json");
  }

  @ParameterizedTest
  @MethodSource("models")
  void recordedUpdatesAreReproduced(Path folder) throws IOException {
    JsonNode info = new ObjectMapper().readTree(folder.resolve("train.json").toFile());
    GoldenTensors golden = GoldenTensors.read(folder.resolve("train.safetensors"));
    ElectraConfig config = config(folder);
    Path start = folder.resolve(START);
    WeightMap weights =
        WeightMap.of(
            TensorLayout.of(config), SafetensorsFile.open(start).readAll(), start.toString());
    try (PretrainSession session =
        PretrainSession.start(Checkpoint.of(config, weights), choices(info))) {
      session.gradients(
          batch(golden, 0),
          samples(golden, 0),
          outcome -> {
            checkStepZero(golden, outcome);
            return null;
          });
      for (int k = 0; k < info.get("steps").size(); k++) {
        PretrainReport report = session.step(List.of(batch(golden, k)), samples(golden, k));
        checkStep(info.get("steps").get(k), report);
      }
      session
          .weights()
          .arrays()
          .forEach(
              (name, array) ->
                  assertWithin(name, golden.get("final." + name).values(), doubles(array), 1e-5));
    }
  }

  private static void checkStep(JsonNode recorded, PretrainReport report) {
    String step = " of step " + recorded.get("step");
    check(recorded, "total_loss", report.loss(), step);
    check(recorded, "generator_loss", report.generatorLoss(), step);
    check(recorded, "discriminator_loss", report.discriminatorLoss(), step);
    check(recorded, "grad_norm", report.gradientNorm(), step);
    check(recorded, "learning_rate", report.learningRate(), step);
  }

  private static void check(JsonNode recorded, String key, double own, String step) {
    double expected = recorded.get(key).asDouble();
    assertEquals(expected, own, TOLERANCE * expected, key + step);
  }

  private static void checkStepZero(GoldenTensors golden, PretrainOutcome outcome) {
    PretrainOutcome.Detection detection = outcome.detection().orElseThrow();
    assertArrayEquals(
        golden.get("step0.corrupted_ids").intRows(), detection.corrupted().tokens().inputIds());
    assertArrayEquals(golden.get("step0.is_fake_tokens").intRows(), detection.corrupted().labels());
    outcome
        .gradients()
        .forEach(
            (name, gradient) -> {
              double[] expected = golden.get("step0.grad." + name).values();
              if (name.endsWith("/key/bias")) {
                assertWithin(name, expected, doubles(gradient), 1e-5); // zero but for rounding
              } else {
                assertRelative(name, expected, doubles(gradient), TOLERANCE);
              }
            });
  }

  private static double[] doubles(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  private static PretrainConfig choices(JsonNode info) {
    PretrainObjective objective =
        PretrainObjective.of(PretrainObjective.Kind.ELECTRA)
            .withWeights(info.get("gen_weight").asDouble(), info.get("disc_weight").asDouble());
    return PretrainConfig.defaults()
        .withObjective(objective)
        .withSchedule(
            info.get("learning_rate").asDouble(),
            info.get("num_warmup_steps").asLong(),
            info.get("num_train_steps").asLong())
        .withDecay(info.get("lr_decay_power").asDouble(), info.get("weight_decay_rate").asDouble());
  }

  private static ElectraConfig config(Path folder) throws IOException {
    ElectraConfig generator = read(folder.resolve("generator/config.json"));
    return read(folder.resolve("discriminator/config.json"))
        .withGenerator(
            new GeneratorConfig(
                GeneratorConfig.Kind.SEPARATE,
                generator.generator().orElseThrow().encoder(),
                false))
        .withDropout(0, 0);
  }

  private static ElectraConfig read(Path file) throws IOException {
    return HuggingFaceConfigJson.read(JsonFields.parse(file.toString(), Files.readString(file)))
        .config();
  }

  private static MaskedBatch batch(GoldenTensors golden, int k) {
    int[][] ids = ints(golden, k, "input_ids");
    TokenBatch text =
        new TokenBatch(
            ids, golden.get("attention_mask").intRows(), golden.get("token_type_ids").intRows());
    int[][] positions = ints(golden, k, "masked_lm_positions");
    float[] flat = golden.get("step%d.masked_lm_weights".formatted(k)).floats();
    float[][] weights = new float[positions.length][positions[0].length];
    for (int i = 0; i < flat.length; i++) {
      weights[i / positions[0].length][i % positions[0].length] = flat[i];
    }
    return new MaskedBatch(
        text,
        ints(golden, k, "masked_input_ids"),
        new int[ids.length][ids[0].length],
        positions,
        ints(golden, k, "masked_lm_ids"),
        weights,
        new long[ids.length]);
  }

  private static Replacements samples(GoldenTensors golden, int k) {
    return (logits, batch) -> ints(golden, k, "sampled_ids");
  }

  private static int[][] ints(GoldenTensors golden, int k, String name) {
    return golden.get("step%d.%s".formatted(k, name)).intRows();
  }
}
