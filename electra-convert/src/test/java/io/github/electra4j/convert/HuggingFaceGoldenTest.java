package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.ConversionReport.Tensor;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.testkit.GoldenTensors;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What HuggingFace's code wrote is read from each of its formats, number by number. */
class HuggingFaceGoldenTest {
  static final List<String> WEIGHTS = HuggingFaceTiny.WEIGHTS;

  private static ImportedModel read(String weights) throws IOException {
    return Conversion.from(HuggingFaceTiny.folder()).options(HuggingFaceTiny.from(weights)).read();
  }

  @ParameterizedTest
  @FieldSource("WEIGHTS")
  void everyFormatGivesTheSameModel(String weights) throws IOException {
    Golden.assertSame(read("model.safetensors").checkpoint(), read(weights).checkpoint());
  }

  @ParameterizedTest
  @FieldSource("WEIGHTS")
  void everyFormatReportsEveryTensor(String weights) throws IOException {
    ConversionReport report = read(weights).report();
    int copies = weights.equals("tf_model.h5") ? 0 : 1;
    assertEquals(43 + 44 + copies, report.tensors().size());
    assertEquals(43 + 39, report.tensors(Fate.RENAMED).size());
    assertEquals(5 + copies, report.tensors(Fate.TIED).size());
    assertTrue(report.tensors().stream().allMatch(tensor -> tensor.target().isPresent()));
    long transposed = report.tensors().stream().filter(Tensor::transposed).count();
    assertEquals(weights.equals("tf_model.h5") ? 0 : 15 + 14, transposed);
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertEquals(report.tensors().size(), json.get("tensors").findValues("target").size());
    List<String> lines = report.toFullText().lines().toList();
    for (Tensor tensor : report.tensors()) {
      String end = " -> " + tensor.target().orElseThrow();
      end += tensor.transposed() ? " (transposed" : "";
      String wanted = "%s %s".formatted(tensor.name(), tensor.type());
      String fate = tensor.fate().name().toLowerCase(Locale.ROOT);
      String whole = end;
      assertTrue(
          lines.stream()
              .map(String::strip)
              .anyMatch(
                  line -> line.startsWith(fate) && line.contains(wanted) && line.contains(whole)),
          wanted + end);
    }
  }

  @Test
  void numbersNamesAndAxesAreThoseOfTheFile() throws IOException {
    Checkpoint checkpoint = read("pytorch_model.bin").checkpoint();
    GoldenTensors discriminator =
        GoldenTensors.read(HuggingFaceTiny.folder().resolve("discriminator/model.safetensors"));
    assertTransposed(
        discriminator.get("electra.encoder.layer.1.intermediate.dense.weight"),
        checkpoint.weights().get("electra/encoder/layer_1/intermediate/dense/kernel"));
    assertTransposed(
        discriminator.get("discriminator_predictions.dense_prediction.weight"),
        checkpoint.weights().get("discriminator_predictions/dense_1/kernel"));
    GoldenTensors generator =
        GoldenTensors.read(HuggingFaceTiny.folder().resolve("generator/model.safetensors"));
    assertTransposed(
        generator.get("electra.embeddings_project.weight"),
        checkpoint.weights().get("generator/embeddings_project/kernel"));
    assertEquals(
        generator.get("generator_lm_head.bias").values()[210],
        checkpoint.weights().get("generator_predictions/output_bias").getFloat(210));
  }

  private static void assertTransposed(GoldenTensors.Tensor expected, INDArray actual) {
    int rows = (int) expected.shape()[0];
    int columns = (int) expected.shape()[1];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        assertEquals(expected.values()[row * columns + column], actual.getFloat(column, row), 0.0);
      }
    }
  }

  @Test
  void theArchitectureIsThatOfBothConfigurations() throws IOException {
    ElectraConfig config = read("tf_model.h5").checkpoint().config();
    assertEquals(211, config.vocabSize());
    assertEquals(16, config.embeddingSize());
    assertEquals(2, config.encoder().attentionHeads());
    assertEquals(Kind.SEPARATE, config.generator().orElseThrow().kind());
    assertEquals(1, config.generator().orElseThrow().encoder().attentionHeads());
    assertTrue(config.discriminatorHead());
  }

  @Test
  void eachNetworkIsReadAlone() throws IOException {
    Checkpoint discriminator =
        Conversion.from(HuggingFaceTiny.folder().resolve("discriminator")).read().checkpoint();
    assertEquals(Optional.empty(), discriminator.config().generator());
    assertEquals(43, discriminator.weights().names().size());
    Checkpoint generator =
        Conversion.from(HuggingFaceTiny.folder().resolve("generator/pytorch_model_legacy.bin"))
            .read()
            .checkpoint();
    assertEquals(Kind.SHARED, generator.config().generator().orElseThrow().kind());
    assertEquals(44, generator.weights().names().size());
  }
}
